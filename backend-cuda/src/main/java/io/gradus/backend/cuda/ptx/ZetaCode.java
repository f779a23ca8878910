package io.gradus.backend.cuda.ptx;

/** Polygamma. */
final class ZetaCode {
  ZetaCode(PtxCode code) {}

  Value polygamma(Value n, Value x) {
    throw new IllegalStateException("polygamma");
  }
}
