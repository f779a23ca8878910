package io.gradus.backend.cuda;

import io.gradus.tck.reference.ReferenceDevice;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.backend.Storage;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Layout;

/** Memory that is only talked about, however large: all of it is said to be of one device. */
public final class Imagined extends Storage {
  private static final Device DEVICE = new ReferenceDevice();

  private Imagined(DType dtype, long size) {
    super(DEVICE, dtype, size);
  }

  /** An operand with as much memory as its layout needs. */
  public static Operand operand(DType dtype, Layout layout) {
    return new Operand(new Imagined(dtype, layout.end()), dtype, layout);
  }
}
