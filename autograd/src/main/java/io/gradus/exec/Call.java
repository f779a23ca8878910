package io.gradus.exec;

import io.gradus.Internals;
import io.gradus.Tensor;
import io.gradus.op.MapOp;
import io.gradus.tensor.backend.Backends;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.dtype.Promotion;
import io.gradus.tensor.dtype.Scalar;
import io.gradus.tensor.error.DeviceException;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Broadcasting;
import io.gradus.tensor.layout.Shape;
import org.jspecify.annotations.Nullable;

/**
 * The operands of one pointwise call, checked: their device, common shape and promoted dtype.
 *
 * @param tensors the operands, 0-dim CPU ones moved to the device of the others
 * @param shape what they broadcast to
 * @param promoted dtype by the promotion rule, before the rule of the operation
 */
record Call(String name, Tensor[] tensors, Device device, Shape shape, DType promoted) {
  static Call of(MapOp op, Tensor[] in, Scalar... numbers) {
    Device device = device(op.name(), in);
    Tensor[] tensors = in;
    Shape shape = in.length == 0 ? Shape.SCALAR : in[0].shape();
    DType dimensioned = null;
    DType zeroDim = null;
    for (int i = 0; i < in.length; i++) {
      Tensor t = in[i];
      if (t.device() != device) {
        tensors = tensors == in ? in.clone() : tensors;
        tensors[i] = t.to(device);
      }
      shape = i == 0 ? shape : Broadcasting.of(op.name(), shape, t.shape());
      if (i < in.length - op.conditions()) {
        op.checkOperand(t.dtype());
        if (t.dim() > 0) {
          dimensioned = Promotion.promoteNullable(dimensioned, t.dtype());
        } else {
          zeroDim = Promotion.promoteNullable(zeroDim, t.dtype());
        }
      }
    }
    DType number = null;
    for (int i = 0; i < op.promotingParams(); i++) {
      Scalar s = numbers[i];
      number = Promotion.promoteNullable(number, Promotion.ofNumber(s.category()));
    }
    Conditions.check(op, in);
    return new Call(
        op.name(), tensors, device, shape, Promotion.resultType(dimensioned, zeroDim, number));
  }

  /** The one device of all operands; 0-dim CPU tensors go along with any other. */
  static Device device(String name, Tensor[] in) {
    Device device = null;
    for (Tensor t : in) {
      Device d = t.device();
      if (device == null || d == device) {
        device = d;
      } else if (isPortable(t)) {
        continue;
      } else if (device.type().equals("cpu") && allPortable(in, device)) {
        device = d;
      } else {
        throw DeviceException.different(name, device.name(), d.name());
      }
    }
    return device == null ? Backends.defaultDevice() : device;
  }

  private static boolean isPortable(Tensor t) {
    return t.dim() == 0 && t.device().type().equals("cpu");
  }

  private static boolean allPortable(Tensor[] in, Device cpu) {
    for (Tensor t : in) {
      if (t.device() == cpu && !isPortable(t)) {
        return false;
      }
    }
    return true;
  }

  DType[] dtypes() {
    DType[] dtypes = new DType[tensors.length];
    for (int i = 0; i < dtypes.length; i++) {
      dtypes[i] = tensors[i].dtype();
    }
    return dtypes;
  }

  /** The operands, which may be pending. */
  Operand[] operands() {
    Operand[] operands = new Operand[tensors.length];
    for (int i = 0; i < operands.length; i++) {
      operands[i] = Internals.late(tensors[i]);
    }
    return operands;
  }

  /** The operands stretched to the common shape, which may be pending. */
  Operand[] expanded() {
    Operand[] operands = operands();
    for (int i = 0; i < operands.length; i++) {
      operands[i] = operands[i].with(Broadcasting.expand(name, operands[i].layout(), shape));
    }
    return operands;
  }

  /** The shapes to restore in backward; null where no operand was broadcast. */
  @Nullable Shape @Nullable [] broadcastShapes() {
    for (Tensor t : tensors) {
      if (!t.shape().equals(shape)) {
        return shapes(tensors);
      }
    }
    return null;
  }

  static @Nullable Shape[] shapes(Tensor[] tensors) {
    @Nullable Shape[] shapes = new Shape[tensors.length];
    for (int i = 0; i < shapes.length; i++) {
      shapes[i] = tensors[i].shape();
    }
    return shapes;
  }
}
