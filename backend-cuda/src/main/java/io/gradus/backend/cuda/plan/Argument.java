package io.gradus.backend.cuda.plan;

import io.gradus.tensor.backend.Storage;
import io.gradus.tensor.layout.Layout;

/** One argument of a launch: an address or a number. */
public sealed interface Argument {
  /** A 64-bit address in the memory of a storage of the device. */
  record Address(Storage storage, long byteOffset) implements Argument {}

  /**
   * The {@code .b32} number 1 if nothing queued so far has written any of these elements of the
   * storage; else 0.
   */
  record IsNew(Storage storage, Layout layout) implements Argument {}

  /** A 64-bit address in memory that lives as long as the plan runs. */
  record Temporary(int index, long byteOffset) implements Argument {}

  /** A {@code .b32} integer. */
  record I32(int value) implements Argument {}

  /** A {@code .b64} integer. */
  record I64(long value) implements Argument {}

  /** A {@code .f32}. */
  record F32(float value) implements Argument {}

  /** A {@code .f64}. */
  record F64(double value) implements Argument {}

  /**
   * The 64-bit address of the device's {@link FaultRecord}, where kernels that meet a bad index
   * leave word. The device reads it whenever it synchronises.
   */
  record Faults() implements Argument {}

  /** The {@code .b32} number that stands for the operation of the launch in a fault record. */
  record FaultTicket() implements Argument {}

  /** How many bytes the parameter takes; also its alignment. */
  default int bytes() {
    return switch (this) {
      case Address a -> 8;
      case IsNew a -> 4;
      case Temporary a -> 8;
      case I32 a -> 4;
      case I64 a -> 8;
      case F32 a -> 4;
      case F64 a -> 8;
      case Faults a -> 8;
      case FaultTicket a -> 4;
    };
  }
}
