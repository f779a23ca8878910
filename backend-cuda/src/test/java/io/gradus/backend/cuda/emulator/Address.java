package io.gradus.backend.cuda.emulator;

/** The address of an access: a register or constant, an offset, and the state space. */
final class Address {
  /** Whether it is the same parameter for all lanes. */
  final boolean isParameter;

  private final String space;
  private final boolean wide;
  private final int base;
  private final long offset;

  /** The region that the last access lay in: the next mostly lies there too. */
  private Region last = Region.onDevice(0, 0, "none", -1);

  /** Reads {@code [register+16]}, {@code [name]} or {@code [64]}. */
  Address(Operands operands, Statement s, String operand, String space) {
    this.space = space;
    if (!operand.startsWith("[") || !operand.endsWith("]")) {
      throw new PtxException(operand + " is no address");
    }
    String inner = operand.substring(1, operand.length() - 1);
    int plus = inner.indexOf('+');
    String name = plus < 0 ? inner : inner.substring(0, plus);
    long shift = plus < 0 ? 0 : Literals.parse(inner.substring(plus + 1), PtxType.S64);
    isParameter = space.equals("param") && !(s.scope().find(name) instanceof Scope.Register);
    wide = operands.isWide(s, name, PtxType.U64);
    base = wide ? operands.q(s, name, PtxType.U64) : operands.i(s, name, PtxType.U32);
    offset =
        shift
            + switch (space) {
              case "shared" -> DeviceMemory.SHARED_WINDOW;
              case "local" -> DeviceMemory.LOCAL_WINDOW;
              default -> 0;
            };
  }

  /** The generic address that a lane means. */
  long at(Warp w, int lane) {
    return (wide ? w.q[base + lane] : w.r[base + lane] & 0xffffffffL) + offset;
  }

  /** Finds the region of an access, checked. */
  Region region(Warp w, int lane, long address, int bytes, boolean write) {
    if ((address & bytes - 1) != 0) {
      throw w.fault(
          KernelFault.Kind.MISALIGNED_ADDRESS,
          Findings.Kind.MISALIGNED,
          lane,
          (write ? "write" : "read")
              + " of "
              + bytes
              + " bytes at 0x"
              + Long.toHexString(address)
              + ", which is no multiple");
    }
    if (last.contains(address, bytes)) {
      return last;
    }
    Region found = find(w, address, bytes);
    if (found == null) {
      String where =
          isShared(address)
              ? "0x%x of %d bytes of shared memory"
                  .formatted(address - DeviceMemory.SHARED_WINDOW, w.block.shared.size)
              : space.equals("param")
                  ? address + " of " + w.block.launch.parameters.size + " bytes of parameters"
                  : w.block.launch.memory.describe(address);
      throw w.fault(
          KernelFault.Kind.ILLEGAL_ADDRESS,
          Findings.Kind.ILLEGAL_ACCESS,
          lane,
          "illegal " + (write ? "write" : "read") + " of " + bytes + " bytes at " + where);
    }
    return found;
  }

  private static boolean isShared(long address) {
    return address >>> 47 == 2;
  }

  private @org.jspecify.annotations.Nullable Region find(Warp w, long address, int bytes) {
    if (space.equals("param")) {
      Region parameters = w.block.launch.parameters;
      return parameters.contains(address, bytes) ? parameters : null;
    }
    if (isShared(address)) {
      return w.block.shared.contains(address, bytes) ? w.block.shared : null;
    }
    if (address >>> 47 == 3) {
      return w.local.contains(address, bytes) ? w.local : null;
    }
    Region found = w.block.launch.memory.find(address, bytes);
    if (found == null || !w.block.launch.memory.mayReach(w.block.launch.device, found)) {
      return null;
    }
    last = found;
    return found;
  }

  /** The space as it is written; empty for generic. */
  static String space(Statement s) {
    for (String word : s.opcode()) {
      switch (word) {
        case "global", "shared", "local", "param", "const" -> {
          return word;
        }
        default -> {}
      }
    }
    return "";
  }
}
