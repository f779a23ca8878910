package io.gradus.backend.cuda.emulator;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns statements into instructions; each family of them has a class of its own. */
final class Decoder {
  private final Operands operands;

  Decoder(Operands operands) {
    this.operands = operands;
  }

  Instruction decode(Statement s) {
    Instruction in = family(s);
    String guard = s.guard();
    if (guard != null) {
      in.guard = operands.p(s, guard);
      in.negated = s.negated();
    }
    return in;
  }

  private Instruction family(Statement s) {
    return switch (s.name()) {
      case "ret", "exit" -> new Instruction.Exit();
      case "bra" -> new Instruction.Branch(s.scope().target(s.operand(0)));
      case "bar", "barrier" -> barrier(s);
      case "membar", "fence", "prefetch", "prefetchu", "nanosleep", "griddepcontrol", "pmevent" ->
          Instruction.of((w, mask) -> {});
      case "trap" ->
          Instruction.of(
              (w, mask) -> {
                int lane = Integer.numberOfTrailingZeros(mask);
                throw w.fault(
                    KernelFault.Kind.ASSERT, Findings.Kind.EXECUTION, lane, "the kernel trapped");
              });
      case "ld", "ldu", "st" -> new MemoryAccess(operands, s).decode();
      case "atom", "red" -> new Atomics(operands, s).decode();
      case "cp" -> AsyncCopies.decode(operands, s);
      case "mov", "cvta", "isspacep" -> new Moves(operands, s).decode();
      case "cvt" -> new Conversions(operands, s).decode();
      case "setp", "set", "selp", "slct", "testp" -> new Comparisons(operands, s).decode();
      case "shfl", "vote", "match", "activemask", "redux" -> new Exchanges(operands, s).decode();
      case "mma", "ldmatrix" -> MatrixOps.decode(operands, s);
      default -> arithmetic(s);
    };
  }

  private Instruction arithmetic(Statement s) {
    PtxType type = s.name().equals("prmt") ? PtxType.B32 : s.type();
    Instruction found =
        switch (type) {
          case S32, U32, B32 -> IntOps.decode(operands, s, type);
          case S64, U64, B64 -> LongOps.decode(operands, s, type);
          case S16, U16, B16 -> NarrowOps.decode(operands, s, type);
          case F32 -> FloatOps.decode(operands, s);
          case F64 -> DoubleOps.decode(operands, s);
          case F16, F16X2, BF16, BF16X2 -> HalfOps.decode(operands, s, type);
          case PRED -> predicates(s);
          case B8, U8, S8, B128, TF32 -> null;
        };
    if (found == null) {
      throw new PtxException("this instruction is not known here");
    }
    return found;
  }

  private @Nullable Instruction predicates(Statement s) {
    int a = operands.p(s, s.operand(1));
    int to = operands.p(s, s.operand(0));
    if (s.name().equals("not")) {
      return Instruction.ofPredicate(to, w -> ~w.p[a]);
    }
    int b = operands.p(s, s.operand(2));
    return switch (s.name()) {
      case "and" -> Instruction.ofPredicate(to, w -> w.p[a] & w.p[b]);
      case "or" -> Instruction.ofPredicate(to, w -> w.p[a] | w.p[b]);
      case "xor" -> Instruction.ofPredicate(to, w -> w.p[a] ^ w.p[b]);
      default -> null;
    };
  }

  private Instruction barrier(Statement s) {
    if (s.has("warp")) {
      return new Instruction.Together(operands.i(s, s.operand(0), PtxType.B32), (w, mask) -> {});
    }
    if (!s.has("sync") && !s.has("barrier")) {
      throw new PtxException("this barrier is not known here");
    }
    List<String> o = s.operands();
    return new Instruction.Barrier(
        o.isEmpty() ? 0 : Integer.decode(o.getFirst()),
        o.size() < 2 ? 0 : Integer.decode(o.get(1)));
  }
}
