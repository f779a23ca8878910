package io.gradus.tensor.backend;

import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DeviceException;
import io.gradus.tensor.error.TensorException;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Params;
import io.gradus.tensor.kernel.Program;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CompletableFuture;

/**
 * Something that owns memory and runs kernels: the CPU, or one GPU.
 *
 * <p>Kernels given to one device take effect in the order of the calls. A device may run them
 * later; faults then surface at {@link #download} or {@link #synchronize}, naming the kernel.
 * Thread-safe.
 */
public interface Device {
  /** The kind of device, {@code cpu} or {@code cuda}. */
  String type();

  /** The number of the device among those of its kind, from 0. */
  int index();

  /** What the hardware is, for humans. */
  String description();

  /** The place in {@link Program#compiled} that belongs to this device: {@link #newSlot} once. */
  int slot();

  /**
   * Memory for a number of elements, with undefined contents.
   *
   * @throws DeviceException if there is not enough, or more than the device can address
   */
  Storage allocate(DType dtype, long elements);

  /**
   * Uses the caller's memory as a storage, without a copy.
   *
   * @param memory a heap segment over a whole primitive array of the element type
   * @throws DeviceException where the device cannot
   */
  default Storage wrap(DType dtype, MemorySegment memory) {
    throw new DeviceException(
        "[wrap] device " + name() + " cannot share memory with the host; copy with tensor(...).to");
  }

  /**
   * The memory of a storage, shared in both directions; from then on it is never recycled.
   *
   * @throws DeviceException where the device cannot
   */
  default MemorySegment memory(Storage storage) {
    throw new DeviceException(
        "[memory] memory of device " + name() + " is not visible to the host; use to(cpu) first");
  }

  /** Copies from host memory, in the byte order of the machine, to {@code offset} (in elements). */
  void upload(MemorySegment from, Storage to, long offset);

  /** Copies elements from {@code offset} on to host memory, as many as fit into it. */
  void download(Storage from, long offset, MemorySegment to);

  /**
   * {@link #download} for devices whose memory is Java arrays: neither needs a segment, whose
   * classes a small program would load for nothing else.
   *
   * @param array of the type that holds raw elements of the storage's dtype; filled completely
   * @return false if this device has no such memory; then nothing was done
   */
  default boolean downloadInto(Storage from, long offset, Object array) {
    return false;
  }

  /**
   * Copies from a storage of another device without the detour through host memory, in the order of
   * both devices' work.
   *
   * @param offset the first element to copy; as many follow as {@code to} holds
   * @return false if there is no such way; then nothing was done
   */
  default boolean copy(Storage from, long offset, Storage to) {
    return false;
  }

  /**
   * Whether {@link #run} takes this kernel; true for all but {@code Rows}, {@code Convolve}, {@code
   * MaxPool}, {@code Factor} and {@code Fft}, which {@link Lowering} replaces where a device lacks
   * them.
   */
  boolean supports(Kernel kernel);

  /** Runs a kernel, or queues it. */
  void run(Kernel kernel);

  /** The lean way to run a program of one input and one output without params. */
  default void run(Program program, Operand a, Operand out) {
    run(new Kernel.Elementwise(program, new Operand[] {a}, new Operand[] {out}, Params.NONE));
  }

  /** The lean way to run a program of two inputs and one output without params. */
  default void run(Program program, Operand a, Operand b, Operand out) {
    run(new Kernel.Elementwise(program, new Operand[] {a, b}, new Operand[] {out}, Params.NONE));
  }

  /** Waits until everything asked for so far is done; raises what went wrong in it. */
  void synchronize();

  /**
   * Completes when everything asked for so far is done; exceptionally with what went wrong in it.
   * Nobody waits meanwhile: in Kotlin, {@code device.await()} suspends.
   */
  default CompletableFuture<Void> finished() {
    try {
      synchronize();
      return CompletableFuture.completedFuture(null);
    } catch (TensorException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * A step of work to be done again and again. A device that can write its kernels down starts all
   * of them at once, with the numbers that the host computed in this call; others run it each time.
   * Whether this call itself does the work is up to the device.
   *
   * @throws DeviceException or another exception if the step cannot be written down
   */
  default Replay capture(Runnable step) {
    return Replay.running(step);
  }

  /** The name that printing and messages use: {@code cpu}, {@code cuda:0}. */
  default String name() {
    return type().equals("cpu") ? "cpu" : type() + ":" + index();
  }

  /** A place in {@link Program#compiled} that nobody else has. */
  static int newSlot() {
    return DeviceSlots.next();
  }

  /** The CPU. */
  static Device cpu() {
    return Backends.device("cpu", 0);
  }

  /** CUDA device {@code index}. */
  static Device cuda(int index) {
    return Backends.device("cuda", index);
  }

  /** The device with a name such as {@code cpu}, {@code cuda} or {@code cuda:1}. */
  static Device of(String name) {
    return Backends.device(name);
  }

  /** The first device of the available backend with the highest priority. */
  static Device best() {
    return Backends.best();
  }
}
