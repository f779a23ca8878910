package io.gradus.tensor.kernel;

import io.gradus.tensor.backend.Device;
import io.gradus.tensor.error.DeviceException;
import org.jspecify.annotations.Nullable;

/**
 * The one rule that every kernel keeps whoever makes it: its operands are memory of one device.
 *
 * <p>Most operations see to it themselves, with their own name in the message. This is for all
 * others, before anything is written.
 */
final class OneDevice {
  private OneDevice() {}

  static void check(String kernel, Operand[] some, @Nullable Operand... others) {
    Device device = null;
    for (Operand o : some) {
      device = same(kernel, device, o);
    }
    for (Operand o : others) {
      if (o != null) {
        device = same(kernel, device, o);
      }
    }
  }

  static void check(String kernel, Operand a, Operand b) {
    same(kernel, a.storage().device(), b);
  }

  static void check(String kernel, Operand a, Operand b, Operand c) {
    same(kernel, same(kernel, a.storage().device(), b), c);
  }

  private static Device same(String kernel, @Nullable Device device, Operand operand) {
    Device here = operand.storage().device();
    if (device != null && here != device) {
      throw DeviceException.different(kernel, device.name(), here.name());
    }
    return here;
  }
}
