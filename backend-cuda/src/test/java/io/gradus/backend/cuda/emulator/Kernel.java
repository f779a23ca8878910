package io.gradus.backend.cuda.emulator;

import java.util.List;

/** A kernel that is ready to run. */
public final class Kernel {
  /** In both files of registers, 32 places where a result is put before the lanes are chosen. */
  static final int SPARE = 0;

  /** The predicate that holds for all lanes. */
  static final int TRUE = 1;

  /** The predicate that holds for none. */
  static final int FALSE = 2;

  final FunctionSource source;
  final Instruction[] code;
  final Files files;
  final int staticShared;
  final int localBytes;

  /**
   * How the files of registers begin.
   *
   * @param ints how many 32-bit registers, constants included
   * @param longs how many 64-bit ones
   * @param predicates how many predicates
   * @param intConstants constants, each with its place: the same for all lanes
   * @param longConstants likewise
   * @param specials registers that the launch fills
   */
  record Files(
      int ints,
      int longs,
      int predicates,
      List<Constant> intConstants,
      List<Constant> longConstants,
      List<Special> specials) {}

  /** A constant and where its 32 copies begin. */
  record Constant(int at, long value) {}

  /** A special register such as {@code %tid.x}, and where its 32 values begin. */
  record Special(int at, String name) {}

  Kernel(FunctionSource source, Instruction[] code, Files files, int staticShared, int localBytes) {
    this.source = source;
    this.code = code;
    this.files = files;
    this.staticShared = staticShared;
    this.localBytes = localBytes;
  }

  /** Its name. */
  public String name() {
    return source.name;
  }

  /** How many parameters it has. */
  public int parameterCount() {
    return source.parameters.size();
  }

  /** Where a parameter lies among the packed ones. */
  public int parameterOffset(int i) {
    return source.parameters.get(i).offset();
  }

  /** How many bytes a parameter has. */
  public int parameterBytes(int i) {
    return source.parameters.get(i).bytes();
  }

  /** How many bytes all parameters take. */
  public int parameterBytes() {
    return source.parameterBytes();
  }

  /** Shared memory that it declares. */
  public int sharedBytes() {
    return staticShared;
  }

  /** Local memory of each thread. */
  public int localBytes() {
    return localBytes;
  }

  /** The most threads of a block that it was written for. */
  public int maxThreads() {
    return source.maxThreads == 0 ? 1024 : source.maxThreads;
  }

  /** How many 32-bit registers a thread uses. */
  public int registers() {
    return files.ints() + 2 * files.longs();
  }
}
