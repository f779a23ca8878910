package io.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.backend.cuda.standin.StandIn;
import io.gradus.nn.ConvOptions;
import io.gradus.nn.Convolutions;
import io.gradus.random.Generator;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.BackendException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Convolutions through cuDNN's interface, behind which a few lines of C stand. */
@Tag("standin")
class CudnnConvolutionsTest {
  private static final String PROPERTY = "gradus.cuda.cudnn";

  @TempDir static Path folder;

  private static StandIn standIn;
  private static SymbolLookup library;
  private static CudaDevice device;

  @BeforeAll
  static void open() throws Exception {
    standIn = StandIn.forTest(CudnnConvolutionsTest.class);
    Path nine = compile("libcudnn.c", "libcudnn.so.9", "-DVERSION=90100");
    library = SymbolLookup.libraryLookup(nine, Arena.global());
    device = deviceWith(nine);
    assertEquals("cuDNN 9.1.0 (" + nine + ")", device.convolutions());
  }

  private static Path compile(String source, String name, String... options)
      throws IOException, InterruptedException {
    Path file = folder.resolve(name + ".c");
    try (InputStream in = CudnnConvolutionsTest.class.getResourceAsStream("dnn/" + source)) {
      Files.copy(in, file);
    }
    Path made = folder.resolve(name);
    String compiler = System.getenv().getOrDefault("CC", "cc");
    List<String> command = new ArrayList<>(List.of(compiler, "-O1", "-shared", "-fPIC"));
    command.addAll(List.of(options));
    command.addAll(List.of("-o", made.toString(), file.toString(), "-ldl"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    return made;
  }

  /** A device that has looked for cuDNN in a place. */
  private static CudaDevice deviceWith(Path cudnn, String... settings) {
    Map<String, String> properties = new HashMap<>(Map.of(PROPERTY, cudnn.toString()));
    for (String setting : settings) {
      properties.put(setting, "true");
    }
    Map<String, String> before = new HashMap<>();
    properties.forEach((name, value) -> before.put(name, System.setProperty(name, value)));
    try {
      CudaDevice opened = (CudaDevice) new CudaBackendProvider().open().devices().getFirst();
      assertTrue(opened.convolutions().contains("cuDNN"), opened::convolutions);
      return opened;
    } finally {
      before.forEach(
          (name, value) -> {
            if (value == null) {
              System.clearProperty(name);
            } else {
              System.setProperty(name, value);
            }
          });
    }
  }

  private static long ask(String function, int... argument) {
    FunctionDescriptor type =
        argument.length == 0
            ? FunctionDescriptor.of(ValueLayout.JAVA_LONG)
            : FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT);
    var handle = Linker.nativeLinker().downcallHandle(library.findOrThrow(function), type);
    try {
      return argument.length == 0
          ? (long) handle.invokeExact()
          : (long) handle.invokeExact(argument[0]);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** How often cuDNN has convolved: forward, for the input's gradient, for the weight's. */
  private static List<Long> calls() {
    return List.of(ask("gradus_calls", 0), ask("gradus_calls", 1), ask("gradus_calls", 2));
  }

  private static List<Long> since(List<Long> before) {
    List<Long> now = calls();
    return List.of(
        now.get(0) - before.get(0), now.get(1) - before.get(1), now.get(2) - before.get(2));
  }

  @BeforeEach
  void late() {
    standIn.deferred(5);
  }

  @AfterEach
  void atOnce() {
    standIn.eager();
    assertEquals(List.of(), standIn.findings().take());
  }

  /** Small whole numbers, whose sums all types hold exactly. */
  private static Tensor numbers(long seed, DType dtype, long... shape) {
    return Tensor.randint(Options.generator(new Generator(seed)), -1, 3, shape).to(dtype);
  }

  private static Tensor convolve(Tensor x, Tensor w, ConvOptions options) {
    return switch (x.dim()) {
      case 3 -> Convolutions.conv1d(x, w, null, options);
      case 4 -> Convolutions.conv2d(x, w, null, options);
      default -> Convolutions.conv3d(x, w, null, options);
    };
  }

  /** The result and both gradients. */
  private static List<Tensor> all(Device on, Tensor x, Tensor w, ConvOptions options) {
    Tensor input = x.detach().to(on).requiresGrad_();
    Tensor weight = w.detach().to(on).requiresGrad_();
    Tensor y = convolve(input, weight, options);
    Tensor towards = numbers(9, x.dtype(), y.shape().toArray()).to(on);
    y.mul(towards).sum().backward();
    List<Tensor> results = new ArrayList<>();
    for (Tensor t : List.of(y, input.grad(), weight.grad())) {
      results.add(t.detach().to(Device.cpu()));
    }
    return results;
  }

  private static void agree(Tensor x, Tensor w, ConvOptions options) {
    List<Tensor> want = all(Device.cpu(), x, w, options);
    List<Tensor> got = all(device, x, w, options);
    for (int i = 0; i < want.size(); i++) {
      assertEquals(want.get(i).toString(), got.get(i).toString(), "result " + i);
      assertTrue(want.get(i).equal(got.get(i)), "result " + i);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F32", "F64", "F16", "BF16"})
  @DisplayName("the result and both gradients are cuDNN's, in every floating type")
  void types(DType dtype) {
    List<Long> before = calls();
    agree(
        numbers(1, dtype, 2, 2, 5, 6),
        numbers(2, dtype, 3, 2, 3, 2),
        ConvOptions.DEFAULT.stride(2, 1).padding(1, 0));
    assertEquals(List.of(1L, 1L, 1L), since(before));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 0, 1",
    "1, 1, 2, 1, 2",
    "1, 2, 1, 1, 1",
    "2, 1, 1, 1, 1",
    "2, 1, 2, 2, 2",
    "2, 2, 2, 1, 1",
    "2, 4, 1, 1, 2",
    "3, 1, 1, 1, 1",
    "3, 2, 2, 1, 1"
  })
  @DisplayName("lines, pictures and volumes; groups, strides, padding and dilation")
  void options(int spatial, int groups, int stride, int padding, int dilation) {
    long[] x = new long[2 + spatial];
    long[] w = new long[2 + spatial];
    x[0] = 2;
    x[1] = 4;
    w[0] = 8;
    w[1] = 4 / groups;
    for (int d = 0; d < spatial; d++) {
      x[2 + d] = 5L + d;
      w[2 + d] = 2L + d % 2;
    }
    List<Long> before = calls();
    agree(
        numbers(3, DType.F32, x),
        numbers(4, DType.F32, w),
        ConvOptions.DEFAULT.stride(stride).padding(padding).dilation(dilation).groups(groups));
    assertEquals(List.of(1L, 1L, 1L), since(before));
  }

  @Test
  @DisplayName("operands that do not lie as cuDNN takes them are copied, and so are results")
  void strided() {
    List<Long> before = calls();
    Tensor wide = numbers(5, DType.F32, 2, 3, 6, 8);
    Tensor x = wide.narrow(3, 1, 5);
    Tensor w = numbers(6, DType.F32, 3, 2, 2, 3).transpose(2, 3).transpose(0, 1);
    agree(x, w, ConvOptions.DEFAULT);
    assertEquals(List.of(1L, 1L, 1L), since(before));
    agree(wide.transpose(2, 3), w, ConvOptions.DEFAULT);
    assertEquals(List.of(2L, 2L, 2L), since(before));
  }

  @Test
  @DisplayName("what cuDNN refuses the backend's own kernels do, and the device says so")
  void refusal() {
    List<Long> before = calls();
    long descriptors = ask("gradus_descriptors");
    Tensor x = numbers(7, DType.F32, 1, 1, 8, 8);
    Tensor w = numbers(8, DType.F32, 1, 1, 2, 2);
    agree(x, w, ConvOptions.DEFAULT.dilation(3));
    agree(x, w, ConvOptions.DEFAULT.dilation(3));
    assertEquals(List.of(0L, 0L, 0L), since(before));
    assertEquals(descriptors, ask("gradus_descriptors"), "descriptors kept");
    String says = device.convolutions();
    assertTrue(says.contains("; it last refused "), says);
    assertTrue(says.endsWith("CUDNN_STATUS_NOT_SUPPORTED (3000)"), says);
  }

  @Test
  @DisplayName("more zeros behind than before, and whole numbers, are not asked of cuDNN")
  void others() {
    List<Long> before = calls();
    Tensor x = numbers(7, DType.F32, 1, 2, 5, 5);
    Tensor w = numbers(8, DType.F32, 2, 2, 2, 2);
    agree(x, w, ConvOptions.DEFAULT.samePadding());
    Tensor y = convolve(x.toLong().to(device), w.toLong().to(device), ConvOptions.DEFAULT);
    assertTrue(convolve(x.toLong(), w.toLong(), ConvOptions.DEFAULT).equal(y.to(Device.cpu())));
    assertEquals(0L, since(before).get(0));
  }

  @Test
  @DisplayName("a convolution that fails on the way is an error that names the function")
  void failure() {
    Tensor x = numbers(7, DType.F32, 1, 1, 8, 8).to(device);
    Tensor w = numbers(8, DType.F32, 1, 1, 1, 1).to(device);
    String message =
        assertThrows(BackendException.class, () -> convolve(x, w, ConvOptions.DEFAULT.stride(7)))
            .getMessage();
    assertEquals("[conv] cudnnConvolutionForward: CUDNN_STATUS_EXECUTION_FAILED (5000)", message);
  }

  @Test
  @DisplayName("descriptors of convolutions that have not been asked for in a while are given up")
  void manyShapes() {
    standIn.eager();
    Tensor w = numbers(8, DType.F32, 1, 1, 1).to(device);
    for (int n = 1; n <= 300; n++) {
      convolve(Tensor.ones(1, 1, n).to(device), w, ConvOptions.DEFAULT);
    }
    assertEquals(4 * 256, ask("gradus_descriptors"));
  }

  @Test
  @DisplayName("TF32 and sums in any order are taken only where they are allowed")
  void settings() throws Exception {
    Path fast = compile("libcudnn.c", "libfast.so", "-DALGORITHM=0", "-DMATH_OF_FLOATS=0");
    Tensor x = numbers(1, DType.F32, 1, 2, 4, 4);
    Tensor w = numbers(2, DType.F32, 2, 2, 3, 3);
    CudaDevice exact = deviceWith(fast);
    convolve(x.to(exact), w.to(exact), ConvOptions.DEFAULT);
    assertTrue(exact.convolutions().contains("it last refused"), exact::convolutions);
    CudaDevice allowed = deviceWith(fast, "gradus.cuda.tf32", "gradus.cuda.nondeterministic");
    Tensor y = convolve(x.to(allowed), w.to(allowed), ConvOptions.DEFAULT).to(Device.cpu());
    assertTrue(convolve(x, w, ConvOptions.DEFAULT).equal(y));
    assertEquals("cuDNN 9.1.0 (" + fast + ")", allowed.convolutions());
  }

  @Test
  @DisplayName("8 does as well as 9; older ones and other libraries are refused with the reason")
  void versions() throws Exception {
    Path eight = compile("libcudnn.c", "libcudnn.so.8", "-DVERSION=8907");
    CudaDevice older = deviceWith(eight);
    assertEquals("cuDNN 8.9.7 (" + eight + ")", older.convolutions());
    Tensor x = numbers(1, DType.F32, 1, 2, 4, 4);
    Tensor w = numbers(2, DType.F32, 2, 2, 3, 3);
    Tensor y = convolve(x.to(older), w.to(older), ConvOptions.DEFAULT).to(Device.cpu());
    assertTrue(convolve(x, w, ConvOptions.DEFAULT).equal(y));

    String seven =
        deviceWith(compile("libcudnn.c", "libcudnn.so.7", "-DVERSION=7605")).convolutions();
    assertTrue(seven.startsWith("own kernels (cuDNN: "), seven);
    assertTrue(seven.contains("cuDNN 7.6.5 is neither 8 nor 9"), seven);
    String other =
        deviceWith(compile("../blas/libcublas.c", "libother.so", "-DOTHER")).convolutions();
    assertTrue(other.contains("libother.so does not work here"), other);
    String none = deviceWith(folder.resolve("nowhere.so")).convolutions();
    assertTrue(none.contains("libcudnn not found (tried "), none);
  }
}
