package io.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.gradus.backend.cuda.standin.StandIn;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.backend.Storage;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.TensorException;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.kernel.ScalarOp;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Grave faults, in a virtual machine of their own: they end a GPU's context for good. */
class CudaFaultTest {
  private static final String NO_COMPILER = "no C compiler";

  /**
   * Prints what is said about two kernels, the second of which goes wrong; with an argument, about
   * a device that is lost after so many calls.
   */
  static final class Victim {
    private static Program program(ScalarOp op) {
      return Program.of(
          List.of(ComputeType.F32, ComputeType.F32),
          Expr.of(op, Expr.input(0, ComputeType.F32), Expr.input(1, ComputeType.F32)));
    }

    private static void tell(Runnable call) {
      try {
        call.run();
        System.out.println("went well");
      } catch (TensorException e) {
        System.out.println(e.getMessage());
      }
    }

    public static void main(String[] args) {
      StandIn standIn = StandIn.install(StandIn.Options.standard()).orElse(null);
      if (standIn == null) {
        System.out.println(NO_COMPILER);
        return;
      }
      standIn.deferred(3);
      Device device = Device.cuda(0);
      Storage x = device.allocate(DType.F32, 4);
      device.upload(MemorySegment.ofArray(new float[] {1, 2, 3, 4}), x, 0);
      Operand o = new Operand(x, DType.F32, Layout.of(Shape.of(4)));
      if (args.length > 0) {
        lose(standIn, device, o, Long.parseLong(args[0]));
        return;
      }
      standIn.failLaunchAfter(1, 700);
      tell(
          () -> {
            device.run(program(ScalarOp.ADD), o, o, o);
            device.run(program(ScalarOp.MUL), o, o, o);
          });
      tell(device::synchronize);
      tell(() -> device.run(program(ScalarOp.ADD), o, o, o));
      tell(() -> device.allocate(DType.F32, 1));
      tell(x::release);
    }

    private static void lose(StandIn standIn, Device device, Operand o, long calls) {
      Storage there = Device.cuda(1).allocate(DType.F32, 4);
      standIn.loseDeviceAfter(calls);
      tell(
          () -> {
            for (int i = 0; i < 20; i++) {
              device.run(program(ScalarOp.ADD), o, o, o);
              device.synchronize();
            }
          });
      tell(() -> device.download(o.storage(), 0, MemorySegment.ofArray(new float[4])));
      tell(() -> device.upload(MemorySegment.ofArray(new float[4]), o.storage(), 0));
      tell(() -> device.capture(() -> {}));
      tell(() -> device.copy(there, 0, o.storage()));
      tell(o.storage()::release);
      tell(
          () -> {
            Operand other = new Operand(there, DType.F32, o.layout());
            Device second = Device.cuda(1);
            second.upload(MemorySegment.ofArray(new float[] {1, 2, 3, 4}), there, 0);
            second.run(program(ScalarOp.ADD), other, other, other);
            float[] numbers = new float[4];
            second.download(there, 0, MemorySegment.ofArray(numbers));
            System.out.println(Arrays.toString(numbers));
          });
    }
  }

  private static List<String> said(String... flags) throws IOException, InterruptedException {
    return said(List.of(flags));
  }

  private static List<String> said(List<String> flags, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseG1GC", "-Xmx256m", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Victim.class.getName()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertEquals(0, process.waitFor(), output);
    assumeFalse(output.equals(NO_COMPILER), NO_COMPILER);
    return output.lines().filter(line -> !line.startsWith("[stand-in]")).toList();
  }

  @Test
  @DisplayName(
      "a late fault names the kernels that may be to blame, and every later call tells it again")
  void late() throws Exception {
    List<String> said = said();
    assertEquals("went well", said.get(0), "kernels are only queued");
    assertTrue(said.get(1).contains("CUDA_ERROR_ILLEGAL_ADDRESS (700)"), said::toString);
    assertTrue(said.get(1).contains("one of 2 kernels, the latest being"), said::toString);
    assertTrue(said.get(1).contains("-Dgradus.cuda.sync=true"), said::toString);
    for (int later = 2; later < 4; later++) {
      assertTrue(said.get(later).contains("cannot be used any more"), said::toString);
      assertTrue(said.get(later).contains("CUDA_ERROR_ILLEGAL_ADDRESS"), said::toString);
    }
    assertEquals("went well", said.get(4), "memory can still be given back");
  }

  @Test
  @DisplayName("with gradus.cuda.sync the call that went wrong names its kernel alone")
  void sync() throws Exception {
    List<String> said = said("-Dgradus.cuda.sync=true");
    assertTrue(said.get(0).contains("ILLEGAL_ADDRESS (700) after kernel "), said::toString);
    assertTrue(said.get(0).contains("mul"), said::toString);
    assertTrue(said.get(1).contains("cannot be used any more"), said::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "2", "5", "13"})
  @DisplayName(
      "a device that is lost, at whichever call, says so ever after; the other one goes on")
  void lost(String calls) throws Exception {
    List<String> said = said(List.of(), calls);
    assertTrue(said.get(0).contains("CUDA_ERROR_UNKNOWN (999)"), said::toString);
    assertTrue(said.get(0).contains("the device cannot be used any more"), said::toString);
    for (int later = 1; later < 5; later++) {
      assertTrue(said.get(later).contains("cannot be used any more"), said::toString);
      assertTrue(said.get(later).contains("CUDA_ERROR_UNKNOWN (999)"), said::toString);
    }
    assertEquals("went well", said.get(5), "memory can still be given back");
    assertEquals(List.of("[2.0, 4.0, 6.0, 8.0]", "went well"), said.subList(6, said.size()));
  }
}
