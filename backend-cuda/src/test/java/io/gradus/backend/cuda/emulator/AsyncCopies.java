package io.gradus.backend.cuda.emulator;

/** {@code cp.async}: it copies at once, which is one of the orders that hardware may choose. */
final class AsyncCopies {
  private AsyncCopies() {}

  static Instruction decode(Operands operands, Statement s) {
    if (s.has("commit_group") || s.has("wait_group") || s.has("wait_all")) {
      return Instruction.of((w, mask) -> {});
    }
    if (!s.has("async") || s.has("bulk")) {
      throw new PtxException("this copy is not known here");
    }
    Address to = new Address(operands, s, s.operand(0), "shared");
    Address from = new Address(operands, s, s.operand(1), "global");
    int bytes = Integer.decode(s.operand(2));
    int count =
        s.operands().size() > 3
            ? operands.i(s, s.operand(3), PtxType.U32)
            : operands.intConstant(bytes);
    return Instruction.of(
        (w, mask) -> {
          for (int m = mask; m != 0; m &= m - 1) {
            int l = Integer.numberOfTrailingZeros(m);
            long target = to.at(w, l);
            Region into = to.region(w, l, target, bytes, true);
            int n = Math.min(w.r[count + l], bytes);
            int at = (int) (target - into.base);
            into.fill(at + n, 0, 1, bytes - n);
            if (n > 0) {
              long source = from.at(w, l);
              Region out = from.region(w, l, source, n, false);
              for (int i = 0; i < n; i++) {
                if (!out.isWritten((int) (source - out.base) + i, 1)) {
                  MemoryAccess.uninitialised(w, l, source, bytes);
                  break;
                }
              }
              into.copyFrom(out, (int) (source - out.base), at, n);
            }
          }
        });
  }
}
