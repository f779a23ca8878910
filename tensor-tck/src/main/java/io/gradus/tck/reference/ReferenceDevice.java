package io.gradus.tck.reference;

import io.gradus.tensor.backend.Device;
import io.gradus.tensor.backend.Storage;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.BackendException;
import io.gradus.tensor.error.DeviceException;
import io.gradus.tensor.kernel.Kernel;
import java.lang.foreign.MemorySegment;

/** The definition of every kernel, as a device of its own. */
public class ReferenceDevice implements Device {
  private final int slot = Device.newSlot();

  /** A device. */
  public ReferenceDevice() {}

  @Override
  public String type() {
    return "cpu";
  }

  @Override
  public int index() {
    return 0;
  }

  @Override
  public String description() {
    return "reference";
  }

  @Override
  public int slot() {
    return slot;
  }

  @Override
  public Storage allocate(DType dtype, long elements) {
    if (elements > Integer.MAX_VALUE - 8) {
      throw new DeviceException(
          "[allocate] a CPU tensor holds at most 2^31-9 elements, asked for " + elements);
    }
    return new ReferenceStorage(this, dtype, (int) elements);
  }

  @Override
  public void upload(MemorySegment from, Storage to, long offset) {
    ((ReferenceStorage) to).read(from, offset);
  }

  @Override
  public void download(Storage from, long offset, MemorySegment to) {
    ((ReferenceStorage) from).write(to, offset);
  }

  @Override
  public boolean supports(Kernel kernel) {
    return switch (kernel) {
      case Kernel.Factor f -> false;
      case Kernel.Fft f -> ReferenceFft.supports(f);
      case Kernel.Elementwise k -> true;
      case Kernel.Reduce k -> true;
      case Kernel.Rows k -> true;
      case Kernel.Scan k -> true;
      case Kernel.Sort k -> true;
      case Kernel.Contract k -> true;
      case Kernel.Gather k -> true;
      case Kernel.Scatter k -> true;
      case Kernel.Convolve k -> true;
      case Kernel.MaxPool k -> true;
    };
  }

  @Override
  public void run(Kernel kernel) {
    switch (kernel) {
      case Kernel.Elementwise k -> ReferencePointwise.run(k);
      case Kernel.Reduce k -> ReferenceReduce.run(k);
      case Kernel.Rows k -> ReferenceRows.run(k);
      case Kernel.Scan k -> ReferenceScan.run(k);
      case Kernel.Sort k -> ReferenceSort.run(k);
      case Kernel.Contract k -> ReferenceProducts.contract(k);
      case Kernel.Gather k -> ReferenceIndex.gather(k);
      case Kernel.Scatter k -> ReferenceIndex.scatter(k);
      case Kernel.Convolve k -> ReferenceProducts.convolve(k);
      case Kernel.MaxPool k -> ReferencePool.run(k);
      case Kernel.Factor k -> throw unsupported("Factor");
      case Kernel.Fft k -> {
        if (!ReferenceFft.supports(k)) {
          throw unsupported("Fft");
        }
        ReferenceFft.run(k);
      }
    }
  }

  private static BackendException unsupported(String kernel) {
    return new BackendException("[reference] the reference device has no " + kernel);
  }

  @Override
  public void synchronize() {}
}
