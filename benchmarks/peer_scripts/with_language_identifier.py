"""Which language texts are in, as the identifier that is installed says; `… FOLDER`."""

import json
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from serve import serve


def identifier() -> Callable[[str], str]:
    """What says the language of a text, as a tag."""
    if find_spec("langdetect"):
        import langdetect

        langdetect.DetectorFactory.seed = 0  # it draws lots

        def by_langdetect(text: str) -> str:
            try:
                return langdetect.detect(text).partition("-")[0]
            except langdetect.LangDetectException:
                return ""

        return by_langdetect
    if find_spec("py3langid"):
        import py3langid

        return lambda text: py3langid.classify(text)[0]
    import pycld2

    return lambda text: pycld2.detect(text)[2][0][1].partition("-")[0]


def main() -> None:
    """Wait for jobs."""
    texts = json.loads((Path(sys.argv[1]) / "texts.json").read_text("utf-8"))

    def identify() -> list[str]:
        say = identifier()
        return [say(text) for text in texts]

    serve({"identify": identify})


if __name__ == "__main__":
    main()
