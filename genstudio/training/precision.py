"""The floating-point type of matrix multiplications in training."""

from __future__ import annotations

import torch

from genstudio.errors import ConfigError

__all__ = ["cpu_has_bfloat16", "precision_of"]


def precision_of(device: torch.device, wanted: str = "auto", core: str = "") -> str:
    """Choose the mixed precision for a device.

    Args:
        device: the device.
        wanted: "bfloat16", "float32", or "auto": bfloat16 where it is faster.
        core: name of the core that is trained, which affects whether bfloat16 is faster.

    Returns:
        "bf16" or "no", as Accelerate names them.

    Raises:
        ConfigError: bfloat16 is requested and the processor has no instructions for it.
    """
    if wanted == "bfloat16" and device.type == "cpu" and not cpu_has_bfloat16():
        raise ConfigError(
            "this processor does not compute in bfloat16 (that needs AVX-512 or AMX); leave precision at auto, or take float32."
        )
    if wanted != "auto":
        return {"bfloat16": "bf16", "float32": "no"}[wanted]
    if device.type == "cuda":
        return "bf16" if torch.cuda.is_bf16_supported() else "no"
    # On a CPU with a matrix unit (AMX) bfloat16 is faster. With only the AVX-512 instructions for it a transformer is half again as
    # fast as in float32, but an LSTM takes three times as long. Without either it is emulated.
    units = ["_is_amx_tile_supported", *(["_is_avx512_bf16_supported"] if core == "transformer" else [])]
    return "bf16" if device.type == "cpu" and any(getattr(torch.cpu, unit, lambda: False)() for unit in units) else "no"


def cpu_has_bfloat16() -> bool:
    """Whether oneDNN supports bfloat16 on this CPU; otherwise recurrent layers in bfloat16 fail."""
    try:
        return bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())
    except (AttributeError, RuntimeError):  # a build without oneDNN has kernels of its own
        return True
