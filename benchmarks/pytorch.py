"""Measures the rows of the benchmarks with the official PyTorch package.

python pytorch.py --mode=eager|compile --seconds=S ROW...

prints a line for each row: its name, MEASURED, microseconds and microseconds at best; or its name,
NOT_RUN, why. The same shapes, the same work and the same number of threads as in the other libraries.
"""

import argparse
import math
import os
import statistics
import sys
import time

import torch
import torch.nn.functional as F

SIZES = {"8": 8, "1K": 1_000, "100K": 100_000, "16M": 16_000_000}


def normal(*shape, dtype=torch.float32):
    return torch.randn(*shape, dtype=dtype)


def leaf(*shape):
    return normal(*shape).requires_grad_()


def without_gradients(f):
    def run():
        with torch.no_grad():
            return f()

    return run


def hundred(n):
    x, y, first = normal(n), normal(n), leaf(n)

    def chain(t):
        for _ in range(50):
            t = t * x + y
        return t

    def run(chain):
        first.grad = None
        chain(first).backward(y)

    return chain, run


def pointwise(name, n):
    x, y, z = normal(n), normal(n), normal(n)
    return {
        "ADD": lambda: x + y,
        "MUL": lambda: x * y,
        "RELU": lambda: torch.relu(x),
        "EXP": lambda: torch.exp(x),
        "TANH": lambda: torch.tanh(x),
        "SIGMOID": lambda: torch.sigmoid(x),
        "GELU": lambda: F.gelu(x),
        "CHAIN": lambda: ((x * 2 + y).tanh() * z - x).abs().sqrt(),
        "SUM": lambda: x.sum(),
        "MAX": lambda: x.max(),
        "MEAN": lambda: x.mean(),
    }[name]


def square(name):
    x, row = normal(4096, 4096), normal(4096)
    return {
        "ADD_ROW": lambda: x + row,
        "ADD_TRANSPOSED": lambda: x.T + x,
        "COPY_TRANSPOSED": lambda: x.T.contiguous(),
        "SUM_DIM0": lambda: x.sum(0),
        "SUM_DIM1": lambda: x.sum(1),
        "VAR": lambda: x.var(),
        "VAR_DIM1": lambda: x.var(1),
        "ARGMAX_DIM1": lambda: x.argmax(1),
    }[name]


def rows(name):
    x = normal(4096, 1024)
    return {"SOFTMAX": lambda: x.softmax(1), "LOG_SOFTMAX": lambda: x.log_softmax(1)}[name]


def product(name):
    m, k, n = {
        "MATMUL_64_784_256": (64, 784, 256),
        "MATMUL_512_1024": (512, 1024, 1024),
    }.get(name, (int(name.rsplit("_", 1)[1]),) * 3)
    dtype = torch.float64 if "F64" in name else torch.float32
    a, b = normal(m, k, dtype=dtype), normal(k, n, dtype=dtype)
    return lambda: a @ b


def data(name):
    n = 1_000_000
    if name == "INDEX_SELECT":
        table, index = normal(100_000, 64), torch.randint(100_000, (100_000,))
        return lambda: table.index_select(0, index)
    if name == "TOPK_10":
        x = normal(1000, 1000)
        return lambda: x.topk(10)
    if name == "TOPK_100":
        x = normal(1, n)
        return lambda: x.topk(100)
    if name == "RANDN":
        return lambda: torch.randn(n)
    if name == "MAX_POOL":
        images = normal(64, 16, 26, 26)
        return lambda: F.max_pool2d(images, 2)
    x, index = normal(n), torch.randint(n, (n,))
    return {
        "SORT": lambda: x.sort(),
        "CUMSUM": lambda: x.cumsum(0),
        "GATHER": lambda: x.gather(0, index),
    }[name]


def layer_norm():
    x, weight, bias, gradient = leaf(512, 1024), leaf(1024), leaf(1024), normal(512, 1024)

    def run(norm):
        x.grad = weight.grad = bias.grad = None
        norm().backward(gradient)

    return lambda: F.layer_norm(x, (1024,), weight, bias), run


CONVOLUTIONS = {  # images, channels, channels of the result, side, window, stride
    "CONV_64": (16, 64, 64, 56, 3, 1),
    "CONV_256": (16, 256, 256, 14, 3, 1),
    "CONV_STRIDED": (16, 64, 128, 56, 3, 2),
    "CONV_1X1": (16, 256, 64, 56, 1, 1),
}


def convolution(name):
    batch, channels, outputs, side, window, stride = CONVOLUTIONS[name]
    x, weight, bias = leaf(batch, channels, side, side), leaf(outputs, channels, window, window), leaf(outputs)
    places = (side - 1) // stride + 1
    gradient = normal(batch, outputs, places, places)

    def run(convolve):
        x.grad = weight.grad = bias.grad = None
        convolve().backward(gradient)

    return lambda: F.conv2d(x, weight, bias, stride, window // 2), run


def embedding():
    table, index, gradient = leaf(100_000, 64), torch.randint(100_000, (100_000,)), normal(100_000, 64)

    def run(look_up):
        table.grad = None
        look_up().backward(gradient)

    return lambda: F.embedding(index, table), run


def network(name):
    nn = torch.nn
    if name.startswith("MLP"):
        x = normal(64, 784)
        model = nn.Sequential(
            nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU(), nn.Linear(128, 10)
        )
    else:
        x = normal(64, 1, 28, 28)
        model = nn.Sequential(
            *(nn.Conv2d(1, 16, 3), nn.ReLU(), nn.MaxPool2d(2)),
            *(nn.Conv2d(16, 32, 3), nn.ReLU(), nn.MaxPool2d(2)),
            *(nn.Flatten(), nn.Linear(800, 10)),
        )
    return model, x


def training(name, prepare):
    model, x = network(name)
    forward = prepare(model)
    if name.endswith("FORWARD"):
        return without_gradients(lambda: forward(x))
    classes = torch.arange(64) % 10
    if name.endswith("ADAM"):
        optimizer = torch.optim.Adam(model.parameters(), 0.001)
    else:
        optimizer = torch.optim.SGD(model.parameters(), 0.01)

    def step():
        loss = F.cross_entropy(forward(x), classes)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

    return step


def work(name, prepare):
    """The row as a function; `prepare` compiles what there is to compile, or does nothing."""
    if name == "ADD_8_IN_PLACE":
        x, y = normal(8), normal(8)
        return without_gradients(prepare(lambda: x.add_(y)))
    if name == "ADD_8_RECORDING":
        x, y = leaf(8), normal(8)
        return prepare(lambda: x + y)
    if name in CONVOLUTIONS:
        forward, run = convolution(name)
        prepared = prepare(forward)
        return lambda: run(prepared)
    if name in ("HUNDRED", "LAYER_NORM", "EMBEDDING"):
        forward, run = {
            "HUNDRED": lambda: hundred(8),
            "LAYER_NORM": layer_norm,
            "EMBEDDING": embedding,
        }[name]()
        prepared = prepare(forward)
        return lambda: run(prepared)
    if name.startswith(("MLP", "CNN")):
        return training(name, prepare)
    return without_gradients(prepare(unrecorded(name)))


def unrecorded(name):
    operation, _, size = name.rpartition("_")
    if size in SIZES and operation in POINTWISE:
        return pointwise(operation, SIZES[size])
    if name.startswith("MATMUL"):
        return product(name)
    if name in ("SOFTMAX", "LOG_SOFTMAX"):
        return rows(name)
    try:
        return square(name)
    except KeyError:
        return data(name)


POINTWISE = ("ADD", "MUL", "RELU", "EXP", "TANH", "SIGMOID", "GELU", "CHAIN", "SUM", "MAX", "MEAN")


def micros(run, seconds):
    """The mean of the middle half and the least of ten batches.

    Each takes a tenth of the time; first calls are not counted.
    """
    begin = time.perf_counter()
    calls = 0
    while calls < 2 or time.perf_counter() - begin < seconds / 2:
        run()
        calls += 1
        if calls == 2:
            begin = time.perf_counter()
    each = max((time.perf_counter() - begin) / max(calls - 2, 1), 1e-8)
    batch = max(1, math.ceil(seconds / 10 / each))
    times = []
    for _ in range(10):
        begin = time.perf_counter()
        for _ in range(batch):
            run()
        times.append((time.perf_counter() - begin) / batch)
    times.sort()
    quarter = len(times) // 4
    return statistics.mean(times[quarter:-quarter]) * 1e6, times[0] * 1e6


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--mode", choices=("eager", "compile"), default="eager")
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("rows", nargs="+")
    options = parser.parse_args()
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", os.cpu_count())))
    prepare = torch.compile if options.mode == "compile" else (lambda f: f)
    for name in options.rows:
        try:
            torch.compiler.reset()
            middle, best = micros(work(name, prepare), options.seconds)
            result = f"MEASURED\t{middle:.6f}\t{best:.6f}"
        except Exception as e:  # a row that fails is told, the others still run
            result = f"NOT_RUN\t{type(e).__name__}: {' '.join(str(e).split())[:160]}"
        print(f"{name}\t{result}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
