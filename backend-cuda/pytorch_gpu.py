"""PyTorch's side of the table of on-hardware.sh: lines of row, mode and milliseconds.

    python3 pytorch_gpu.py [--device cpu] [--small]
"""

import sys
import time

import torch

DEVICE = sys.argv[sys.argv.index("--device") + 1] if "--device" in sys.argv else "cuda"
SMALL = "--small" in sys.argv


def size(large, little):
    return little if SMALL else large


def synchronize():
    if DEVICE != "cpu":
        torch.cuda.synchronize()


def measure(call):
    def timed(calls):
        synchronize()
        start = time.perf_counter()
        for _ in range(calls):
            call()
        synchronize()
        return (time.perf_counter() - start) * 1e3

    calls, spent = 1, timed(1)
    if SMALL:
        return spent
    while spent < 2000 and calls < 1 << 20:
        took = timed(calls)
        spent += took
        if took < 100:
            calls *= 2
    return min(timed(calls) / calls for _ in range(7))


def copy():
    x = torch.rand(size(1 << 28, 1 << 10))
    y = torch.empty_like(x)
    return lambda: y.copy_(x)


def chain():
    x = torch.rand(size(1 << 28, 1 << 10))
    return lambda: x.mul(2).add(1).mul(x).sub(0.5).abs().add(x).mul(0.25).relu()


def adds():
    x, y = torch.rand(1024), torch.rand(1024)

    def call():
        for _ in range(size(10_000, 10)):
            x.add(y)

    return call


def mlp():
    hidden = size(256, 8)
    model = torch.nn.Sequential(
        torch.nn.Linear(784, hidden), torch.nn.ReLU(), torch.nn.Linear(hidden, 10)
    )
    x, labels = torch.rand(64, 784), torch.arange(64) % 10
    loss_of = torch.nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)

    def step():
        loss = loss_of(model(x), labels)
        optimizer.zero_grad(set_to_none=False)
        loss.backward()
        optimizer.step()

    return step


def captured():
    step = mlp()
    side = torch.cuda.Stream()
    side.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(side):
        for _ in range(3):
            step()
    torch.cuda.current_stream().wait_stream(side)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        step()
    return graph.replay


def matmul():
    n = size(8192, 32)
    a, b = (torch.randn(n, n, dtype=torch.bfloat16) for _ in range(2))
    return lambda: a.mm(b)


def bmm():
    n, batch = size(512, 16), size(64, 2)
    a, b = (torch.randn(batch, n, n) for _ in range(2))
    return lambda: a.bmm(b)


def rows():
    return torch.randn(size(16384, 8), size(4096, 64))


def softmax():
    x = rows()
    return lambda: x.softmax(1)


def layer_norm():
    x = rows()
    n = x.shape[1]
    weight, bias = torch.ones(n), torch.zeros(n)
    return lambda: torch.nn.functional.layer_norm(x, (n,), weight, bias)


def gpt():
    width, heads, layers = size(768, 16), size(12, 2), size(12, 2)
    blocks = torch.nn.ModuleList(
        torch.nn.TransformerEncoderLayer(width, heads, 4 * width, 0.0, batch_first=True)
        for _ in range(layers)
    )
    x = torch.randn(size(4, 1), size(512, 4), width)
    optimizer = torch.optim.SGD(blocks.parameters(), lr=0.01)

    def step():
        y = x
        for block in blocks:
            y = block(y)
        optimizer.zero_grad()
        y.square().mean().backward()
        optimizer.step()

    return step


ROWS = [
    ("copy", "eager", copy),
    ("chain", "eager", chain),
    ("adds", "eager", adds),
    ("mlp step", "eager", mlp),
    ("mlp captured", "eager", mlp),
    ("mlp captured", "graph", captured),
    ("matmul bf16", "eager", matmul),
    ("bmm f32", "eager", bmm),
    ("softmax", "eager", softmax),
    ("layer norm", "eager", layer_norm),
    ("gpt step", "eager", gpt),
]

torch.set_default_device(DEVICE)
what = DEVICE if DEVICE == "cpu" else torch.cuda.get_device_name()
print(f"{torch.__version__} on {what}", flush=True)
for name, mode, make in ROWS:
    try:
        print(f"{name}\t{mode}\t{measure(make()):.6f}", flush=True)
    except Exception as e:  # the other rows are to be measured all the same
        print(f"{name} ({mode}) failed: {str(e).splitlines()[0]}", flush=True)
