package io.gradus.backend.cuda.dnn;

import io.gradus.backend.cuda.library.WorkQueue;
import io.gradus.backend.cuda.memory.OutOfDeviceMemory;
import io.gradus.tensor.backend.Storage;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.error.BackendException;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Params;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.layout.Layout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs the convolutions that cuDNN can do. */
public final class Convolutions {
  /** Refused convolutions that are remembered, so that they are not asked for again. */
  private static final int KEPT = 256;

  private final Cudnn cudnn;
  private final Cudnn.Choice choice;
  private final WorkQueue queue;
  private final Map<Described, String> refusals = new LinkedHashMap<>();
  private @Nullable String refused;

  /**
   * Convolutions through cuDNN.
   *
   * @param tf32 let float32 factors be rounded to 10 bits
   * @param anyOrder let sums be in another order each time
   */
  public Convolutions(Cudnn cudnn, boolean tf32, boolean anyOrder, WorkQueue queue) {
    this.cudnn = cudnn;
    this.choice = new Cudnn.Choice(tf32, anyOrder);
    this.queue = queue;
  }

  /** Which cuDNN there is, and what it has refused. */
  public String description() {
    return cudnn.description() + (refused == null ? "" : "; it last refused " + refused);
  }

  /** Queues the convolution, or returns false if others must do it. */
  public boolean run(Kernel.Convolve kernel) {
    CudnnType type = CudnnType.of(kernel.out().dtype());
    if (type == null
        || kernel.in().dtype() != kernel.out().dtype()
        || kernel.weight().dtype() != kernel.out().dtype()
        || kernel.bias() != null) {
      return false;
    }
    Reading reading = Reading.of(kernel);
    return reading != null && run(reading, type);
  }

  private boolean run(Reading reading, CudnnType type) {
    Direction direction = reading.direction();
    Described described = Described.of(reading);
    if (refusals.containsKey(described)) {
      return false;
    }
    List<Storage> copies = new ArrayList<>();
    try {
      Cudnn.Prepared prepared = cudnn.prepare(described, type, choice);
      Operand first = input(reading, direction.first, copies);
      Operand second = input(reading, direction.second, copies);
      Operand result = output(reading, direction.result, copies);
      queue.withWorkspace(
          Math.max(1, prepared.workspaceBytes()),
          workspace ->
              cudnn.run(
                  prepared,
                  queue.stream(),
                  workspace,
                  address(first),
                  address(second),
                  address(result)));
      queue.launched("convolution", direction.function());
      Operand wanted = reading.operand(direction.result);
      if (result.storage() != wanted.storage()) {
        copy(result.with(Layout.of(wanted.layout().shape())), wanted);
      }
      return true;
    } catch (CudnnStatus e) {
      if (!e.isRefusal()) {
        throw new BackendException("[conv] " + e.getMessage(), e);
      }
      refuse(described, e.getMessage());
      return false;
    } catch (OutOfDeviceMemory e) {
      // The own kernels need none; another time there may be enough.
      return false;
    } finally {
      copies.forEach(Storage::release);
    }
  }

  private void refuse(Described described, @Nullable String why) {
    refused =
        "%s of %s with %s: %s"
            .formatted(described.direction(), described.x().sizes(), described.filter(), why);
    refusals.put(described, refused);
    if (refusals.size() > KEPT) {
      refusals.remove(refusals.keySet().iterator().next());
    }
  }

  private long address(Operand operand) {
    return queue.address(operand.storage())
        + operand.layout().offset() * operand.dtype().byteSize();
  }

  private Operand input(Reading reading, Direction.Part part, List<Storage> copies) {
    Operand operand = reading.operand(part);
    Layout direct = reading.direct(part);
    if (direct != null) {
      return operand.with(direct);
    }
    Operand copy = output(reading, part, copies);
    copy(operand, copy.with(Layout.of(operand.layout().shape())));
    return copy;
  }

  /** Where a part is written: the operand itself, or memory to copy from. */
  private Operand output(Reading reading, Direction.Part part, List<Storage> copies) {
    Operand operand = reading.operand(part);
    Layout direct = reading.direct(part);
    if (direct != null) {
      return operand.with(direct);
    }
    Layout dense = Layout.of(reading.shape(part));
    Storage storage = queue.allocate(operand.dtype(), dense.numel());
    copies.add(storage);
    return new Operand(storage, operand.dtype(), dense);
  }

  private void copy(Operand from, Operand to) {
    ComputeType type = from.dtype().compute();
    Program same = Program.of(List.of(type), Expr.input(0, type));
    queue.run(new Kernel.Elementwise(same, new Operand[] {from}, new Operand[] {to}, Params.NONE));
  }
}
