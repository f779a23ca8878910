"""Writes what PyTorch answers to loss calls: python losses.py > ../resources/io/gradus/nn/losses.json"""

import itertools
import json

import torch
import torch.nn.functional as F

torch.manual_seed(0)
cases = []


def add(name, call, input, target, **settings):
    x = input.clone().requires_grad_()
    out = call(x, target, **{k: v for k, v in settings.items() if v is not None})
    out.sum().backward()
    cases.append(
        {
            "loss": name,
            "input": input.flatten().tolist(),
            "shape": list(input.shape),
            "target": target.flatten().tolist(),
            "target_shape": list(target.shape),
            "target_float": target.is_floating_point(),
            "settings": {k: v.tolist() if isinstance(v, torch.Tensor) else v for k, v in settings.items()},
            "out": out.flatten().tolist(),
            "grad": x.grad.flatten().tolist(),
        }
    )


for reduction, weighted, smoothing in itertools.product(["mean", "sum", "none"], [False, True], [0.0, 0.2]):
    for shape in [(5,), (4, 5), (2, 5, 3)]:
        x = torch.randn(shape, dtype=torch.float64)
        target = torch.randint(0, 5, shape[:1] + shape[2:] if len(shape) > 1 else ())
        if len(shape) > 1:
            target.view(-1)[1] = -100
        w = torch.rand(5, dtype=torch.float64) if weighted else None
        add("cross_entropy", F.cross_entropy, x, target, weight=w, reduction=reduction, label_smoothing=smoothing)
        soft = torch.softmax(torch.randn(shape, dtype=torch.float64), 0 if len(shape) == 1 else 1)
        add("cross_entropy", F.cross_entropy, x, soft, weight=w, reduction=reduction, label_smoothing=smoothing)
for reduction in ["mean", "sum", "none"]:
    x = torch.randn(3, 4, dtype=torch.float64)
    add("mse", F.mse_loss, x, torch.randn(3, 4, dtype=torch.float64), reduction=reduction)
    x = torch.tensor([[-900.0, -30.0, -1.0, 0.0], [0.5, 2.0, 40.0, 800.0]], dtype=torch.float64)
    y = torch.rand(2, 4, dtype=torch.float64)
    add("bce_with_logits", F.binary_cross_entropy_with_logits, x, y, reduction=reduction)
    p = torch.rand(4, dtype=torch.float64) * 3
    add("bce_with_logits", F.binary_cross_entropy_with_logits, x, y, reduction=reduction, pos_weight=p)
print(json.dumps(cases))
