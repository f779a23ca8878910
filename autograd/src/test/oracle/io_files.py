"""Writes small files with NumPy and PyTorch for the tests of io.gradus.io, and reads back what Java wrote.

usage: python io_files.py write DIR     (DIR = src/test/resources/io/gradus/io)
       python io_files.py check DIR     (DIR = what WrittenFiles wrote)
       python io_files.py events DIR    (only the event file in it)
"""
import collections
import gzip
import io
import json
import os
import pickle
import struct
import sys
import zipfile

import numpy as np

try:
    import torch
except ImportError:  # a venv of TensorBoard alone: only `events` works
    torch = None

NAMES = torch and {torch.float32: "F32", torch.float64: "F64", torch.float16: "F16", torch.bfloat16: "BF16",
         torch.uint8: "U8", torch.int8: "I8", torch.int16: "I16", torch.int32: "I32",
         torch.int64: "I64", torch.bool: "BOOL"}


def ramp(dtype, *shape):
    """0, 1, 2, ... minus 2; every third true for bool; from 0 for u8."""
    n = int(np.prod(shape))
    if dtype == torch.bool:
        return (torch.arange(n) % 3 == 0).reshape(shape)
    first = 0 if dtype == torch.uint8 else -2
    return (torch.arange(n) + first).to(dtype).reshape(shape)


def save_safetensors(path, tensors, metadata=None):
    """The format by hand, as its description says."""
    header, data = {}, b""
    if metadata:
        header["__metadata__"] = metadata
    for name, t in tensors.items():
        raw = t.contiguous().reshape(-1).view(torch.uint8).numpy().tobytes() if t.numel() else b""
        header[name] = {"dtype": NAMES[t.dtype], "shape": list(t.shape),
                        "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as f:
        f.write(struct.pack("<Q", len(text)) + text + data)


def load_safetensors(path):
    raw = open(path, "rb").read()
    n = struct.unpack("<Q", raw[:8])[0]
    header = json.loads(raw[8:8 + n])
    metadata = header.pop("__metadata__", {})
    back = {v: k for k, v in NAMES.items()}
    tensors = {}
    for name, e in header.items():
        b, end = e["data_offsets"]
        part = bytearray(raw[8 + n + b:8 + n + end])
        t = torch.frombuffer(part, dtype=back[e["dtype"]]) if part else torch.empty(0, dtype=back[e["dtype"]])
        tensors[name] = t.reshape(e["shape"])
    return tensors, metadata


class Evil:
    def __reduce__(self):
        return (os.system, ("true",))


def write(d):
    os.makedirs(d, exist_ok=True)
    p = lambda name: os.path.join(d, name)
    np.save(p("f4.npy"), np.arange(6, dtype="<f4").reshape(2, 3) - 2)
    np.save(p("f8-big-fortran.npy"), np.asfortranarray(np.arange(6, dtype=">f8").reshape(2, 3) - 2))
    np.save(p("f2.npy"), np.array([0.5, -1.25, np.inf], dtype="<f2"))
    np.save(p("b1.npy"), np.array([[True, False], [False, True]]))
    np.save(p("i8-scalar.npy"), np.array(-7, dtype="<i8"))
    np.save(p("i2-empty.npy"), np.zeros((0, 3), dtype="<i2"))
    np.save(p("c8.npy"), np.zeros(2, dtype="<c8"))
    for version in (2, 3):
        with open(p(f"i4-version{version}.npy"), "wb") as f:
            np.lib.format.write_array(f, np.arange(4, dtype=">i4"), version=(version, 0))
    np.savez(p("stored.npz"), a=np.arange(3, dtype="u1"), b=np.arange(4, dtype="f8").reshape(2, 2))
    np.savez_compressed(p("deflated.npz"), a=np.arange(3, dtype="i1"), b=np.arange(2, dtype=">i2"))

    every = {str(t).split(".")[1]: ramp(t, 2, 3) for t in NAMES}
    every["scalar"] = torch.tensor(1.5)
    every["empty"] = torch.zeros(0, 4)
    save_safetensors(p("every.safetensors"), every, {"format": "pt", "note": "grüße"})

    state = collections.OrderedDict(every)
    base = torch.arange(12.0).reshape(3, 4)
    state["transposed"] = base.t()
    state["row"] = base[1]
    state["parameter"] = torch.nn.Parameter(torch.tensor([1.0, 2.0]))
    torch.save(state, p("every.pt"))
    torch.save({"epoch": 3, "loss": 0.25, "big": 1 << 40, "names": ["a", "b"], "pair": (1, None),
                "flag": True, "model": {"w": torch.ones(2)}}, p("nested.pt"))
    torch.manual_seed(0)
    model = torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.Tanh(), torch.nn.Linear(3, 2))
    x = torch.randn(5, 4)
    torch.save(model.state_dict(), p("model.pt"))
    save_safetensors(p("model.safetensors"), model.state_dict())
    save_safetensors(p("model-example.safetensors"), {"x": x, "y": model(x).detach()})
    try:
        from safetensors.torch import save_file
        save_file(every, p("library.safetensors"), metadata={"note": "grüße"})
    except ImportError:
        print("safetensors is not installed: library.safetensors stays as it is")
    torch.save(model, p("module.pt"))
    torch.save({"w": torch.ones(2)}, p("legacy.pt"), _use_new_zipfile_serialization=False)
    with zipfile.ZipFile(p("every.pt")) as old, \
            zipfile.ZipFile(p("deflated.pt"), "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    with zipfile.ZipFile(p("evil.pt"), "w") as z:
        z.writestr("archive/data.pkl", pickle.dumps({"w": Evil()}, protocol=2))
        z.writestr("archive/version", "3\n")
    with zipfile.ZipFile(p("bomb.npz"), "w", zipfile.ZIP_DEFLATED) as z:
        head = io.BytesIO()
        np.lib.format.write_array_header_1_0(
            head, {"descr": "<f8", "fortran_order": False, "shape": (1 << 20,)})
        z.writestr("a.npy", head.getvalue() + bytes(8 << 20))

    # IDX, CIFAR, images of CSV: three samples each
    images = bytes(range(2 * 3)) + bytes(range(100, 106)) + bytes([255] * 6)
    with gzip.GzipFile(p("images-idx3-ubyte.gz"), "wb", mtime=0) as f:
        f.write(struct.pack(">IIII", 0x803, 3, 2, 3) + images)
    with open(p("labels-idx1-ubyte"), "wb") as f:
        f.write(struct.pack(">II", 0x801, 3) + bytes([5, 0, 9]))
    with open(p("floats.idx"), "wb") as f:
        f.write(struct.pack(">II", 0xd01, 2) + struct.pack(">ff", 1.5, -2))
    with open(p("cifar.bin"), "wb") as f:
        for label in (3, 7):
            f.write(bytes([label]) + bytes((i + label) % 256 for i in range(3072)))


def check(d):
    p = lambda name: os.path.join(d, name)
    every = {str(t).split(".")[1]: ramp(t, 2, 3) for t in NAMES}
    every["scalar"] = torch.tensor(1.5)
    every["empty"] = torch.zeros(0, 4)

    def same(name, a, b):
        assert a.dtype == b.dtype and a.shape == b.shape and torch.equal(a, b), (name, a, b)

    for name, t in every.items():
        if t.dtype != torch.bfloat16:
            a = np.load(p(f"{name}.npy"))
            assert a.dtype == t.numpy().dtype and a.shape == tuple(t.shape), (name, a)
            assert np.array_equal(a, t.numpy()), (name, a)
    with np.load(p("every.npz")) as z:
        for name, t in every.items():
            if t.dtype != torch.bfloat16:
                assert np.array_equal(z[name], t.numpy()), name
    tensors, metadata = load_safetensors(p("every.safetensors"))
    assert metadata == {"note": "grüße"}, metadata
    try:
        import safetensors.torch
        tensors = safetensors.torch.load_file(p("every.safetensors"))
        print("safetensors' own reader agrees, if nothing follows")
    except ImportError:
        print("safetensors is not installed: read by hand")
    assert tensors.keys() == every.keys()
    for name, t in every.items():
        same(name, tensors[name], t)
    state = torch.load(p("every.pt"), weights_only=True)
    assert state.keys() == every.keys()
    for name, t in every.items():
        same(name, state[name], t)
    nested = torch.load(p("nested.pt"), weights_only=True)
    assert nested["epoch"] == 3 and nested["big"] == 1 << 40 and nested["names"] == ["a", "b"], nested
    assert nested["loss"] == 0.25 and nested["none"] is None and nested["flag"] is True, nested
    same("w", nested["model"]["w"], torch.ones(2))
    same("transposed", nested["transposed"], torch.arange(6.0).reshape(2, 3).t())
    check_events(d)
    print("all files agree")


def check_events(d):
    """The event file by TensorBoard's own reader, where it is installed."""
    try:
        from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
    except ImportError:
        print("tensorboard is not installed: events are not read")
        return
    events = EventAccumulator(os.path.join(d, "events"))
    events.Reload()
    loss = events.Scalars("loss")
    assert [(e.step, e.value) for e in loss] == [(i, 1 / (i + 1)) for i in (0, 1, 3)], loss
    h = events.Histograms("weights")[0].histogram_value
    assert (h.min, h.max, h.num, h.sum) == (-1, 2, 4, 1) and sum(h.bucket) == 4, h
    image = events.Images("picture")[0]
    assert (image.width, image.height) == (3, 2), image
    graph = events.Graph()
    nodes = {n.name: n for n in graph.node}
    assert list(nodes) == ["layer/weight", "Mm", "Sum", "loss"], list(nodes)
    assert nodes["Mm"].op == "Mm" and list(nodes["Mm"].input) == ["layer/weight"], nodes["Mm"]
    shape = nodes["Mm"].attr["_output_shapes"].list.shape[0]
    assert [dim.size for dim in shape.dim] == [4, 3], shape
    assert events.Scalars("score")[0].value == 0.75
    check_hparams(events)
    print("TensorBoard agrees")


def check_hparams(events):
    """What the plugin of hyperparameters finds in the summaries."""
    from tensorboard.plugins.hparams import metadata
    tags = events.PluginTagToContent(metadata.PLUGIN_NAME)
    experiment = metadata.parse_experiment_plugin_data(tags[metadata.EXPERIMENT_TAG])
    assert {i.name for i in experiment.hparam_infos} == {"lr", "optimizer", "bias"}, experiment
    assert [m.name.tag for m in experiment.metric_infos] == ["score"], experiment
    start = metadata.parse_session_start_info_plugin_data(tags[metadata.SESSION_START_INFO_TAG])
    assert start.hparams["lr"].number_value == 0.1, start
    assert start.hparams["optimizer"].string_value == "adam", start
    assert start.hparams["bias"].bool_value is True, start
    end = metadata.parse_session_end_info_plugin_data(tags[metadata.SESSION_END_INFO_TAG])
    assert end.status == 1 and end.end_time_secs >= start.start_time_secs, end


if __name__ == "__main__":
    {"write": write, "check": check, "events": check_events}[sys.argv[1]](sys.argv[2])
