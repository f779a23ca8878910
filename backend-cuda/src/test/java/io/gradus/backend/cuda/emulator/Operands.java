package io.gradus.backend.cuda.emulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Gives the operands of a kernel their places in the files of registers: registers, constants and
 * special registers are all the same to the instructions.
 */
final class Operands {
  private final Map<Scope.Register, Integer> registers = new HashMap<>();
  private final Map<Long, Integer> ints = new LinkedHashMap<>();
  private final Map<Long, Integer> longs = new LinkedHashMap<>();
  private final Map<String, Integer> specials = new LinkedHashMap<>();
  private final Map<Variable, Integer> addresses;
  private final ToLongFunction<Variable> moduleAddress;

  /** Place 0 of both files is for results whose lanes are not yet chosen, place 1 for sinks. */
  private int nextInt = 2;

  private int nextLong = 2;

  /** The first predicate is a sink, the next two are constants. */
  private int nextPredicate = 3;

  /**
   * Starts with no registers.
   *
   * @param addresses of the kernel's own shared and local variables
   * @param moduleAddress of the module's variables in global memory
   */
  Operands(Map<Variable, Integer> addresses, ToLongFunction<Variable> moduleAddress) {
    this.addresses = addresses;
    this.moduleAddress = moduleAddress;
  }

  Kernel.Files files() {
    List<Kernel.Constant> intConstants = new ArrayList<>();
    ints.forEach((v, at) -> intConstants.add(new Kernel.Constant(at, v)));
    List<Kernel.Constant> longConstants = new ArrayList<>();
    longs.forEach((v, at) -> longConstants.add(new Kernel.Constant(at, v)));
    List<Kernel.Special> filled = new ArrayList<>();
    specials.forEach((name, at) -> filled.add(new Kernel.Special(at, name)));
    return new Kernel.Files(nextInt, nextLong, nextPredicate, intConstants, longConstants, filled);
  }

  /** Whether an operand lives in the file of 64-bit registers; for constants the type says. */
  boolean isWide(Statement s, String operand, PtxType type) {
    if (Literals.isNumber(operand)) {
      return type.isWide();
    }
    if (Specials.isSpecial(operand)) {
      return Specials.isWide(operand);
    }
    return s.scope().find(operand) instanceof Scope.Register r ? r.type().isWide() : type.isWide();
  }

  /** The declared type of a register. */
  PtxType declared(Statement s, String operand, PtxType otherwise) {
    return s.scope().find(operand) instanceof Scope.Register r ? r.type() : otherwise;
  }

  /** Where the 32-bit values of an operand begin. */
  int i(Statement s, String operand, PtxType type) {
    if (operand.equals("_")) {
      return Instruction.LANES;
    }
    if (Literals.isNumber(operand)) {
      return intConstant(Literals.parse(operand, type));
    }
    if (Specials.isSpecial(operand)) {
      if (Specials.isWide(operand)) {
        throw new PtxException(operand + " has 64 bits");
      }
      return specials.computeIfAbsent(operand, k -> Instruction.LANES * nextInt++);
    }
    if (operand.equals("WARP_SZ")) {
      return intConstant(Instruction.LANES);
    }
    if (s.scope().find(operand) instanceof Scope.Register r) {
      if (r.type().isWide() || r.type() == PtxType.PRED) {
        throw new PtxException(operand + " is no register of 32 bits or less");
      }
      if (r.type().bytes < type.bytes) {
        throw new PtxException(operand + " has fewer bits than the instruction");
      }
      return registers.computeIfAbsent(r, k -> Instruction.LANES * nextInt++);
    }
    return intConstant(address(s, operand));
  }

  /** Where the 64-bit values of an operand begin. */
  int q(Statement s, String operand, PtxType type) {
    if (operand.equals("_")) {
      return Instruction.LANES;
    }
    if (Literals.isNumber(operand)) {
      return longConstant(Literals.parse(operand, type));
    }
    if (Specials.isSpecial(operand)) {
      if (!Specials.isWide(operand)) {
        throw new PtxException(operand + " has 32 bits");
      }
      return specials.computeIfAbsent(operand, k -> Instruction.LANES * nextLong++);
    }
    if (s.scope().find(operand) instanceof Scope.Register r) {
      if (!r.type().isWide()) {
        throw new PtxException(operand + " is no register of 64 bits");
      }
      return registers.computeIfAbsent(r, k -> Instruction.LANES * nextLong++);
    }
    if (s.scope().find(base(operand)) instanceof Variable v && v.space().equals("local")) {
      return specials.computeIfAbsent(
          Specials.LOCAL + address(s, operand), k -> Instruction.LANES * nextLong++);
    }
    return longConstant(address(s, operand));
  }

  /** The number of a predicate register. */
  int p(Statement s, String operand) {
    if (operand.equals("_")) {
      return 0;
    }
    if (Literals.isNumber(operand)) {
      return Literals.parse(operand, PtxType.S32) == 0 ? Kernel.FALSE : Kernel.TRUE;
    }
    if (s.scope().find(operand) instanceof Scope.Register r && r.type() == PtxType.PRED) {
      return registers.computeIfAbsent(r, k -> nextPredicate++);
    }
    throw new PtxException(operand + " is no predicate");
  }

  int intConstant(long value) {
    return ints.computeIfAbsent((long) (int) value, k -> Instruction.LANES * nextInt++);
  }

  int longConstant(long value) {
    return longs.computeIfAbsent(value, k -> Instruction.LANES * nextLong++);
  }

  private static String base(String operand) {
    int plus = operand.indexOf('+');
    return plus < 0 ? operand : operand.substring(0, plus);
  }

  /** A variable's address in its own space, with an offset if one is written. */
  private long address(Statement s, String operand) {
    int plus = operand.indexOf('+');
    long offset = plus < 0 ? 0 : Literals.parse(operand.substring(plus + 1), PtxType.S64);
    if (!(s.scope().find(base(operand)) instanceof Variable v)) {
      throw new PtxException("unknown name " + operand);
    }
    return offset
        + switch (v.space()) {
          case "param" -> v.bytes();
          case "shared", "local" -> {
            Integer at = addresses.get(v);
            if (at == null) {
              throw new PtxException("no place for " + v.name());
            }
            yield at;
          }
          default -> moduleAddress.applyAsLong(v);
        };
  }
}
