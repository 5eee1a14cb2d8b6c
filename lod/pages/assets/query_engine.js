/** The engine as the page sees it: a worker that is started when it is needed, and can be stopped. */

export class Stopped extends Error {}
export class LoadError extends Error {
  /** @param {string} stage "engine" or "data" @param {string} message */
  constructor(stage, message) {
    super(message);
    this.stage = stage;
  }
}
export class OutOfMemory extends Error {}
export class Malformed extends Error {
  /** @param {string} message @param {import("./query_diagnosis.js").Diagnosis} diagnosis */
  constructor(message, diagnosis) {
    super(message);
    this.diagnosis = diagnosis;
  }
}

export class Engine {
  /**
   * @param {{ engine: object, wasm: object, data: string }} setup addresses, and hashes of what
   *   comes from another host
   * @param {(stage: string) => void} told at which stage the loading is
   */
  constructor(setup, told) {
    this.setup = setup;
    this.told = told;
    this.count = 0;
    /** @type {Map<number, { resolve: (value: any) => void, reject: (error: Error) => void }>} */
    this.waiting = new Map();
    /** @type {Worker | null} */
    this.worker = null;
    /** @type {Promise<{ size: number }> | null} */
    this.opened = null;
  }

  /** Load engine and data, unless they are there. */
  open() {
    if (!this.opened) {
      this.told("engine");
      const worker = new Worker(new URL("./query_worker.js", import.meta.url), { type: "module" });
      this.worker = worker;
      worker.onmessage = ({ data }) => this.answered(data);
      worker.onerror = (event) => this.end(new LoadError("engine", event.message || "worker"));
      this.opened = this.send({ action: "open", ...this.setup });
      this.opened.catch((error) => this.end(error));
    }
    return this.opened;
  }

  /**
   * Run a query.
   * @param {object} question prologue, query, base, form, variables, rows
   * @returns {Promise<any>}
   */
  async ask(question) {
    await this.open();
    return this.send({ action: "ask", ...question });
  }

  /**
   * What the last query gave, as a file.
   * @param {string} format "csv", "json", "ttl" or "nt"
   * @returns {Promise<Blob>}
   */
  async download(format) {
    return (await this.send({ action: "download", format })).blob;
  }

  /** Stop whatever runs; the next query starts anew. */
  stop() {
    this.end(new Stopped("stopped"));
  }

  send(message) {
    return new Promise((resolve, reject) => {
      if (!this.worker) {
        reject(new Stopped("stopped"));
        return;
      }
      const id = ++this.count;
      this.waiting.set(id, { resolve, reject });
      this.worker.postMessage({ id, ...message });
    });
  }

  answered(data) {
    if (data.id === undefined) {
      this.told(data.stage);
      return;
    }
    const one = this.waiting.get(data.id);
    this.waiting.delete(data.id);
    if (data.failed === undefined) one?.resolve(data);
    else if (data.stage) one?.reject(new LoadError(data.stage, data.failed));
    else if (data.name === "RuntimeError" || data.name === "RangeError") {
      // The engine broke off, and cannot go on.
      one?.reject(new OutOfMemory(data.failed));
      this.stop();
    } else if (data.diagnosis) one?.reject(new Malformed(data.failed, data.diagnosis));
    else one?.reject(new Error(data.failed));
  }

  /** @param {Error} error */
  end(error) {
    this.worker?.terminate();
    this.worker = null;
    this.opened = null;
    const waiting = [...this.waiting.values()];
    this.waiting.clear();
    for (const one of waiting) one.reject(error);
  }
}
