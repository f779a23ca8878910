package io.gradus.backend.cuda.emulator;

import java.util.Arrays;

/** The special registers: PTX ISA, chapter of that name. */
final class Specials {
  /** Begins the name of a local variable's address, which differs from lane to lane. */
  static final String LOCAL = "%local+";

  private Specials() {}

  static boolean isSpecial(String name) {
    return switch (name) {
      case "%tid.x",
          "%tid.y",
          "%tid.z",
          "%ntid.x",
          "%ntid.y",
          "%ntid.z",
          "%ctaid.x",
          "%ctaid.y",
          "%ctaid.z",
          "%nctaid.x",
          "%nctaid.y",
          "%nctaid.z",
          "%laneid",
          "%warpid",
          "%nwarpid",
          "%smid",
          "%nsmid",
          "%clock",
          "%clock_hi",
          "%lanemask_eq",
          "%lanemask_lt",
          "%lanemask_le",
          "%lanemask_gt",
          "%lanemask_ge",
          "%dynamic_smem_size",
          "%total_smem_size",
          "%clock64",
          "%globaltimer",
          "%gridid" ->
          true;
      default -> false;
    };
  }

  static boolean isWide(String name) {
    return name.startsWith(LOCAL)
        || name.equals("%clock64")
        || name.equals("%globaltimer")
        || name.equals("%gridid");
  }

  /** Fills the 32 values of one. */
  static void fill(Warp w, Kernel.Special s) {
    if (s.name().startsWith(LOCAL)) {
      long offset = Long.parseLong(s.name().substring(LOCAL.length()));
      for (int l = 0; l < Instruction.LANES; l++) {
        w.q[s.at() + l] = offset + (long) l * w.kernel.localBytes;
      }
      return;
    }
    if (isWide(s.name())) {
      Arrays.fill(w.q, s.at(), s.at() + Instruction.LANES, System.nanoTime());
      return;
    }
    if (!differsInWarp(s.name())) {
      Arrays.fill(w.r, s.at(), s.at() + Instruction.LANES, value(w, s.name(), 0));
      return;
    }
    for (int l = 0; l < Instruction.LANES; l++) {
      w.r[s.at() + l] = value(w, s.name(), l);
    }
  }

  private static boolean differsInWarp(String name) {
    return name.startsWith("%tid") || name.startsWith("%lane");
  }

  private static int value(Warp w, String name, int lane) {
    Launch launch = w.block.launch;
    int thread = w.firstThread() + lane;
    int bit = 1 << lane;
    return switch (name) {
      case "%tid.x" -> thread % launch.block.x();
      case "%tid.y" -> thread / launch.block.x() % launch.block.y();
      case "%tid.z" -> thread / launch.block.x() / launch.block.y();
      case "%ntid.x" -> launch.block.x();
      case "%ntid.y" -> launch.block.y();
      case "%ntid.z" -> launch.block.z();
      case "%ctaid.x" -> w.block.position.x();
      case "%ctaid.y" -> w.block.position.y();
      case "%ctaid.z" -> w.block.position.z();
      case "%nctaid.x" -> launch.grid.x();
      case "%nctaid.y" -> launch.grid.y();
      case "%nctaid.z" -> launch.grid.z();
      case "%laneid" -> lane;
      case "%warpid" -> w.number();
      case "%nwarpid" -> (launch.block.count() + 31) / 32;
      case "%smid" -> 0;
      case "%nsmid" -> 1;
      case "%clock", "%clock_hi" -> (int) System.nanoTime();
      case "%lanemask_eq" -> bit;
      case "%lanemask_lt" -> bit - 1;
      case "%lanemask_le" -> bit | bit - 1;
      case "%lanemask_gt" -> ~(bit | bit - 1);
      case "%lanemask_ge" -> ~(bit - 1);
      case "%dynamic_smem_size" -> launch.sharedBytes;
      case "%total_smem_size" -> launch.sharedBytes + launch.kernel.staticShared;
      default -> throw new PtxException("no special register " + name);
    };
  }
}
