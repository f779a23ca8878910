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
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Grave faults, in a virtual machine of their own: they end a GPU's context for good. */
class CudaFaultTest {
  private static final String NO_COMPILER = "no C compiler";

  /** Runs two kernels, the second of which goes wrong, and prints what is said about it. */
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
  }

  private static List<String> said(String... flags) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseG1GC", "-Xmx256m", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of(flags));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Victim.class.getName()));
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
}
