# ProcessPoolExecutor as a peer: measures itself, a line for a line. Functions are sent by name, so they live in this module.
import multiprocessing
import sys
import time
from concurrent.futures import ProcessPoolExecutor


def add(first, second):
    return first + second


def echo(data):
    return data


def ring(submit, count, in_flight):
    futures = [submit(i) for i in range(in_flight)]
    for i in range(in_flight, count):
        futures[i % in_flight].result()
        futures[i % in_flight] = submit(i)
    for future in futures:
        future.result()


def start():
    """A fresh interpreter's first pool, whose worker is a fresh interpreter too, to its first result."""
    started = time.perf_counter_ns()
    with ProcessPoolExecutor(max_workers=1, mp_context=multiprocessing.get_context("spawn")) as pool:
        pool.submit(add, 1, 1).result()
        print(time.perf_counter_ns() - started, flush=True)


def serve():
    pool = ProcessPoolExecutor(max_workers=1)
    pool.submit(add, 1, 1).result()
    print("ready", flush=True)
    for line in sys.stdin:
        what, count, in_flight, size = line.split()
        data = bytes(int(size))
        submit = (lambda i: pool.submit(add, i, 1)) if what == "add" else (lambda i: pool.submit(echo, data))
        started = time.perf_counter_ns()
        ring(submit, int(count), int(in_flight))
        print(time.perf_counter_ns() - started, flush=True)


if __name__ == "__main__":
    start() if sys.argv[1:] == ["start"] else serve()
