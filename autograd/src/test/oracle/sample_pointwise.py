"""Chooses the recorded answers of PyTorch 2.13 that PointwiseGoldenTest and PrintingTest read.

    python sample_pointwise.py GOLDENS OUT

GOLDENS holds ops/<name>.jsonl.gz and printing.jsonl.gz as recorded by PyTorch (its README describes the format).
Chosen are, for each operator, the shortest few records of each dtype and variant, and all short printed tensors.
"""

import gzip
import json
import os
import sys

OPS = """add sub rsub mul div true_divide floor_divide remainder fmod pow neg reciprocal abs sign sgn square sqrt rsqrt
addcmul addcdiv lerp hypot copysign nextafter maximum minimum fmax fmin clamp clamp_min clamp_max gcd lcm float_power
ldexp heaviside logaddexp logaddexp2 xlogy special.xlog1py nan_to_num positive deg2rad rad2deg signbit frac trunc floor
ceil round exp expm1 exp2 log log1p log2 log10 sin cos tan asin acos atan atan2 sinh cosh tanh asinh acosh atanh erf
erfc erfinv lgamma digamma polygamma mvlgamma i0 special.i0e special.i1 special.i1e sinc logit special.entr sigmoid eq
ne lt le gt ge isclose allclose equal isnan isinf isfinite isposinf isneginf isreal logical_and logical_or logical_xor
logical_not bitwise_and bitwise_or bitwise_xor bitwise_not bitwise_left_shift bitwise_right_shift where masked_fill
nn.functional.relu nn.functional.relu6 nn.functional.leaky_relu nn.functional.elu nn.functional.selu
nn.functional.celu nn.functional.gelu nn.functional.silu nn.functional.mish nn.functional.softplus
nn.functional.softsign nn.functional.softshrink nn.functional.hardshrink nn.functional.tanhshrink
nn.functional.hardtanh nn.functional.hardsigmoid nn.functional.hardswish nn.functional.logsigmoid
nn.functional.threshold""".split()


def lines(path):
    with gzip.open(path, "rt") as f:
        return [line.rstrip("\n") for line in f]


def write(path, chosen):
    with open(path, "wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as f:
        f.write(("\n".join(chosen) + "\n").encode())
    print(path, len(chosen), os.path.getsize(path))


def overlapping(case):
    """Operands whose places overlap: in place their answer depends on the order of writing."""
    for a in case["args"]:
        t = a.get("t") if isinstance(a, dict) else None
        if t:
            places = {0}
            for stride, size in zip(t["stride"], t["shape"]):
                places = {p + i * stride for p in places for i in range(size)}
            numel = 1
            for size in t["shape"]:
                numel *= size
            if len(places) < numel:
                return True
    return False


def pointwise(goldens):
    chosen = []
    for op in OPS:
        seen = {}
        for line in sorted(lines(os.path.join(goldens, "ops", op + ".jsonl.gz")), key=lambda s: (len(s), s)):
            case = json.loads(line)
            # There are no truth values among Java's numbers.
            if len(line) > 4500 or overlapping(case) or case["kwargs"].get("alpha") is True:
                continue
            key = (case["dtype"], case["variant"], "grad" in case, case.get("tag"))
            most = 3 if "grad" in case else 1
            if seen.get(key, 0) < most:
                seen[key] = seen.get(key, 0) + 1
                chosen.append(line)
    return chosen


def printing(goldens):
    return [line for line in lines(os.path.join(goldens, "printing.jsonl.gz")) if len(line) < 2500]


if __name__ == "__main__":
    source, out = sys.argv[1:]
    write(os.path.join(out, "pointwise.jsonl.gz"), pointwise(source))
    write(os.path.join(out, "printing.jsonl.gz"), printing(source))
