package io.gradus.tck;

import io.gradus.tck.reference.ReferenceDevice;
import io.gradus.tensor.backend.Storage;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.TensorIndexException;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.kernel.ReduceOp;
import io.gradus.tensor.kernel.ScalarOp;
import io.gradus.tensor.layout.Layout;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** Single faults of a backend, each in a device that is right in everything else. */
enum Defect {
  WRONG_TAIL_ELEMENT(Suite.POINTWISE),
  WRITES_BEHIND_THE_END(Suite.POINTWISE),
  IGNORES_OFFSET(Suite.POINTWISE),
  IGNORES_STRIDE_ZERO(Suite.POINTWISE),
  RUNS_FIRST_OUTPUT_ONLY(Suite.PROGRAMS),
  LOSES_NEGATIVE_ZERO(Suite.SPECIAL_VALUES),
  MAX_SKIPS_NAN(Suite.REDUCE),
  UNSTABLE_SORT(Suite.SORT),
  WRITES_BEFORE_INDEX_CHECK(Suite.INDEX),
  READS_OUTPUT_WITHOUT_BETA(Suite.CONTRACT),
  CLAIMS_WHAT_IT_LACKS(Suite.OPTIONAL),
  DENIES_WHAT_EVERY_DEVICE_HAS(Suite.OPTIONAL),
  TRANSFORMS_BACKWARDS(Suite.FFT),
  LEAN_ENTRY_SWAPS_OPERANDS(Suite.LEAN);

  /** The subject that must find it. */
  final Suite suite;

  Defect(Suite suite) {
    this.suite = suite;
  }

  ReferenceDevice device() {
    return new Broken(this);
  }

  private static final class Broken extends ReferenceDevice {
    private final Defect defect;

    Broken(Defect defect) {
      this.defect = defect;
    }

    @Override
    public boolean supports(Kernel kernel) {
      return switch (defect) {
        case CLAIMS_WHAT_IT_LACKS -> true;
        case DENIES_WHAT_EVERY_DEVICE_HAS ->
            !(kernel instanceof Kernel.Convolve) && super.supports(kernel);
        default -> super.supports(kernel);
      };
    }

    @Override
    public void run(Program program, Operand a, Operand b, Operand out) {
      if (defect == LEAN_ENTRY_SWAPS_OPERANDS && a.dtype() == b.dtype()) {
        super.run(program, b, a, out);
      } else {
        super.run(program, a, b, out);
      }
    }

    @Override
    public void run(Kernel kernel) {
      switch (kernel) {
        case Kernel.Elementwise k -> elementwise(k);
        case Kernel.Reduce k -> super.run(defect == MAX_SKIPS_NAN ? skippingNaN(k) : k);
        case Kernel.Sort k -> sort(k);
        case Kernel.Gather k -> gather(k);
        case Kernel.Fft k when defect == TRANSFORMS_BACKWARDS ->
            super.run(new Kernel.Fft(k.in(), k.axis(), k.form(), !k.inverse(), k.scale(), k.out()));
        case Kernel.Contract k when defect == READS_OUTPUT_WITHOUT_BETA && k.beta() == 0 ->
            super.run(
                new Kernel.Contract(
                    k.a(),
                    k.b(),
                    k.out(),
                    k.alpha(),
                    Double.MIN_VALUE,
                    k.epilogue(),
                    k.operands(),
                    k.params()));
        default -> super.run(kernel);
      }
    }

    private void elementwise(Kernel.Elementwise k) {
      Operand out = k.out()[0];
      Layout layout = out.layout();
      switch (defect) {
        case IGNORES_OFFSET -> super.run(withInputs(k, l -> Layout.of(l.shape(), l.strides(), 0)));
        case IGNORES_STRIDE_ZERO ->
            super.run(withInputs(k, l -> Layout.of(l.shape(), withoutZeros(l), l.offset())));
        case RUNS_FIRST_OUTPUT_ONLY -> {
          Program first = Program.of(k.program().inputs(), k.program().outputs().getFirst());
          super.run(new Kernel.Elementwise(first, k.in(), new Operand[] {out}, k.params()));
        }
        case WRONG_TAIL_ELEMENT -> {
          super.run(k);
          if (layout.numel() % 8 == 3) {
            set(out.storage(), layout.at(layout.numel() - 1), 77);
          }
        }
        case WRITES_BEHIND_THE_END -> {
          super.run(k);
          set(out.storage(), layout.end(), 77);
        }
        case LOSES_NEGATIVE_ZERO -> {
          super.run(k);
          for (long i = 0; i < layout.numel() && out.dtype() == DType.F64; i++) {
            MemorySegment one = Block.memory(DType.F64, 1);
            download(out.storage(), layout.at(i), one);
            if (Block.read(DType.F64, one)[0] == Long.MIN_VALUE) {
              set(out.storage(), layout.at(i), 0);
            }
          }
        }
        default -> super.run(k);
      }
    }

    private void set(Storage storage, long at, double value) {
      DType dtype = storage.dtype();
      upload(new Block(dtype, new long[] {Values.encode(dtype, value)}).toMemory(), storage, at);
    }

    private static long[] withoutZeros(Layout layout) {
      return Arrays.stream(layout.strides()).map(s -> s == 0 ? 1 : s).toArray();
    }

    private static Kernel withInputs(Kernel.Elementwise k, UnaryOperator<Layout> change) {
      Operand[] in =
          Arrays.stream(k.in()).map(o -> o.with(change.apply(o.layout()))).toArray(Operand[]::new);
      return new Kernel.Elementwise(k.program(), in, k.out(), k.params());
    }

    private static Kernel skippingNaN(Kernel.Reduce k) {
      Expr x = k.prologue().outputs().getFirst();
      ComputeType type = x.type();
      if (k.op() != ReduceOp.MAX || !type.isFloating()) {
        return k;
      }
      Expr lowest = Expr.constant(type, Double.NEGATIVE_INFINITY);
      Program skipping = Program.of(k.prologue().inputs(), Expr.of(ScalarOp.FMAX, x, lowest));
      return new Kernel.Reduce(k.op(), skipping, k.in(), k.axes(), k.out(), k.params());
    }

    /** Ties come out in reverse: the first two results change places where they are equal. */
    private void sort(Kernel.Sort k) {
      super.run(k);
      Operand values = k.values();
      Operand indices = k.indices();
      if (defect != UNSTABLE_SORT || values == null || indices == null) {
        return;
      }
      Layout from = values.layout();
      Layout at = indices.layout();
      if (from.numel() == 0 || from.size(k.axis()) < 2) {
        return;
      }
      long[] sorted = Trial.download(values.storage());
      long first = sorted[(int) from.offset()];
      long second = sorted[(int) (from.offset() + from.stride(k.axis()))];
      if (first == second) {
        long[] positions = Trial.download(indices.storage());
        long other = at.offset() + at.stride(k.axis());
        set(indices.storage(), at.offset(), positions[(int) other]);
        set(indices.storage(), other, positions[(int) at.offset()]);
      }
    }

    private void gather(Kernel.Gather k) {
      try {
        super.run(k);
      } catch (TensorIndexException e) {
        if (defect == WRITES_BEFORE_INDEX_CHECK) {
          set(k.out().storage(), k.out().layout().offset(), 77);
        }
        throw e;
      }
    }
  }
}
