package io.gradus.backend.cuda.driver;

import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUevent;
import jcuda.driver.CUfunction;
import jcuda.driver.CUstream;

/** JCuda's objects, with their numbers where direct calls need them. */
final class Handles {
  private static final CUdeviceptr NULL = new CUdeviceptr();

  private Handles() {}

  /** A context. */
  static final class Context extends CUcontext {
    long number() {
      return getNativePointer();
    }
  }

  /** A stream. */
  static final class Stream extends CUstream {
    long number() {
      return getNativePointer();
    }
  }

  /** A function of a module. */
  static final class Function extends CUfunction {
    long number() {
      return getNativePointer();
    }
  }

  /** An event. */
  static final class Event extends CUevent {}

  /** An address on a device. */
  static final class Address extends CUdeviceptr {
    /** To be filled by the driver. */
    Address() {}

    /** A known address. */
    Address(long address) {
      super(NULL, address);
    }

    long number() {
      return getNativePointer() + getByteOffset();
    }
  }

  /** An address on the host. */
  static final class HostAddress extends Pointer {
    /** To be filled by the driver. */
    HostAddress() {}

    /** A known address. */
    HostAddress(long address) {
      super(address);
    }

    long number() {
      return getNativePointer();
    }
  }
}
