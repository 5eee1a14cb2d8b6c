# lod in a container that needs nothing but this: no root, no home, no writable root.
# docs/containers.md says how it is run.
FROM python:3.11-slim AS build
COPY . /src
RUN python -m venv /opt/lod \
    && /opt/lod/bin/pip install --no-cache-dir -c /src/constraints.txt "/src[cards,corpus,parquet,server,xlsx]"

FROM python:3.11-slim
COPY --from=build /opt/lod /opt/lod
ENV PATH=/opt/lod/bin:/usr/local/bin:/usr/bin:/bin \
    PYTHONDONTWRITEBYTECODE=1
# Any other id does too: -u "$(id -u):$(id -g)" lets what is written belong to you.
USER 10001:10001
WORKDIR /data
EXPOSE 8080
ENTRYPOINT ["lod"]
CMD ["--help"]
