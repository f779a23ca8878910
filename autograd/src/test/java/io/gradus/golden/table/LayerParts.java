package io.gradus.golden.table;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.ValuesIndices;
import io.gradus.golden.Arguments;
import io.gradus.golden.OperationRegistry;
import io.gradus.nn.Attention;
import io.gradus.nn.FractionalPooling;
import io.gradus.nn.LayerGradients;
import io.gradus.nn.MultiHead;
import io.gradus.nn.PoolOptions;
import io.gradus.nn.Pooling;
import io.gradus.tensor.dtype.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Attention of many heads, fractional pools, and gradients of layers. */
final class LayerParts {
  private static final String F = "nn.functional.";

  /** PyTorch draws the samples of fractional pools after this seed in its own samples. */
  private static final int SEED = 42;

  private LayerParts() {}

  static void register(OperationRegistry r) {
    r.signature(
        F + "multi_head_attention_forward",
        "query key value embed_dim_to_check num_heads in_proj_weight in_proj_bias bias_k bias_v"
            + " add_zero_attn dropout_p out_proj_weight out_proj_bias training=true"
            + " key_padding_mask=null need_weights=true attn_mask=null"
            + " use_separate_proj_weight=false q_proj_weight=null k_proj_weight=null"
            + " v_proj_weight=null static_k=null static_v=null average_attn_weights=true"
            + " is_causal=false");
    r.add(F + "multi_head_attention_forward", LayerParts::attention);
    for (int d = 2; d <= 3; d++) {
      int n = d;
      r.add(F + "fractional_max_pool" + n + "d", a -> fractional(a, n));
    }
    r.add("max_pool2d_with_indices_backward", LayerParts::maxPoolBackward);
    r.add(
        "native_dropout_backward",
        a ->
            LayerGradients.dropoutBackward(
                a.tensor(0, "grad_output"),
                a.tensor(1, "mask"),
                a.number(2, "scale", 1).doubleValue()));
    r.add(
        "_softmax_backward_data",
        a ->
            LayerGradients.softmaxBackward(
                a.tensor(0, "grad_output"), a.tensor(1, "output"), a.integer(2, "dim", -1)));
    r.add(
        "torch.ops.aten._safe_softmax.default",
        a -> Attention.safeSoftmax(a.tensor(0, "self"), a.integer(1, "dim", -1)));
  }

  private static Object attention(Arguments a) {
    boolean separate = a.flag(17, "use_separate_proj_weight");
    Tensor[] in = new Tensor[3];
    List<Tensor> packed = separate ? List.of() : a.tensor(5, "in_proj_weight").chunk(3, 0);
    List<String> names = List.of("q_proj_weight", "k_proj_weight", "v_proj_weight");
    for (int i = 0; i < 3; i++) {
      in[i] = separate ? a.tensor(18 + i, names.get(i)) : packed.get(i);
    }
    MultiHead.Weights weights =
        new MultiHead.Weights(
            in[0],
            in[1],
            in[2],
            (Tensor) a.get(6, "in_proj_bias"),
            (Tensor) a.get(7, "bias_k"),
            (Tensor) a.get(8, "bias_v"),
            a.tensor(11, "out_proj_weight"),
            (Tensor) a.get(12, "out_proj_bias"));
    MultiHead.Settings settings =
        new MultiHead.Settings(
            a.integer(4, "num_heads", 1),
            a.flag(9, "add_zero_attn"),
            a.flag(13, "training") ? a.number(10, "dropout_p", 0).doubleValue() : 0,
            (Tensor) a.get(14, "key_padding_mask"),
            (Tensor) a.get(16, "attn_mask"),
            !a.has(23, "average_attn_weights") || a.flag(23, "average_attn_weights"));
    MultiHead.Attended done =
        MultiHead.attend(
            a.tensor(0, "query"), a.tensor(1, "key"), a.tensor(2, "value"), weights, settings);
    boolean asked = !a.has(15, "need_weights") || a.flag(15, "need_weights");
    List<@Nullable Object> results = new ArrayList<>();
    results.add(done.output());
    results.add(asked ? done.weights() : null);
    return results;
  }

  private static Object fractional(Arguments a, int n) {
    Tensor x = a.tensor(0, "input");
    long[] out;
    if (a.get(3, "output_ratio") instanceof Object ratio) {
      out = new long[n];
      Arrays.setAll(
          out,
          i -> {
            Object r = ratio instanceof List<?> each ? each.get(i) : ratio;
            return (long) (x.size(i - n) * ((Number) r).doubleValue());
          });
    } else {
      out = Convolving.longs(a, 2, "output_size", 1);
    }
    long batch = x.dim() == n + 2 ? x.size(0) : 1;
    Tensor samples =
        a.get(5, "_random_samples") instanceof Tensor given
            ? given
            : MersenneTwister.uniform(SEED, x.dtype(), batch, x.size(-n - 1), n);
    ValuesIndices found =
        FractionalPooling.fractionalMaxPool(
            x, n, Convolving.longs(a, 1, "kernel_size", 1), out, samples);
    return a.flag(4, "return_indices") ? found : found.values();
  }

  /** PyTorch's sample pools first and puts back a gradient of ones. */
  private static Object maxPoolBackward(Arguments a) {
    Tensor x = a.tensor(0, "input");
    PoolOptions o =
        PoolOptions.of(Convolving.longs(a, 1, "kernel_size", 1))
            .padding(Convolving.longs(a, 3, "padding", 0))
            .dilation(Convolving.longs(a, 4, "dilation", 1))
            .ceilMode(a.flag(5, "ceil_mode"));
    if (a.get(2, "stride") != null) {
      o = o.stride(Convolving.longs(a, 2, "stride", 1));
    }
    ValuesIndices found = Pooling.maxPool(x, 2, o);
    Tensor ones = Tensor.onesLike(Objects.requireNonNull(found.values()).detach());
    return LayerGradients.maxPoolBackward(ones, x, 2, found.indices());
  }

  /** The generator that PyTorch draws from on a CPU, for samples that need its very numbers. */
  private static final class MersenneTwister {
    private static final int N = 624;
    private static final int M = 397;
    private final int[] state = new int[N];
    private int at = N;

    MersenneTwister(int seed) {
      state[0] = seed;
      for (int i = 1; i < N; i++) {
        state[i] = 1812433253 * (state[i - 1] ^ state[i - 1] >>> 30) + i;
      }
    }

    /** {@code torch.rand} after {@code torch.manual_seed}. */
    static Tensor uniform(int seed, DType dtype, long... shape) {
      MersenneTwister numbers = new MersenneTwister(seed);
      double[] values =
          new double[Math.toIntExact(Arrays.stream(shape).reduce(1, (p, s) -> p * s))];
      Arrays.setAll(values, i -> numbers.uniform(dtype));
      return Tensor.tensor(values, Options.dtype(dtype)).reshape(shape);
    }

    private double uniform(DType dtype) {
      // Halves are rounded from f32.
      int digits = dtype == DType.F64 ? 53 : 24;
      long bits = digits > 32 ? next() << 32 | next() : next();
      return (bits & (1L << digits) - 1) * Math.scalb(1.0, -digits);
    }

    private long next() {
      if (at == N) {
        for (int i = 0; i < N; i++) {
          int y = state[i] & 0x80000000 | state[(i + 1) % N] & 0x7fffffff;
          state[i] = state[(i + M) % N] ^ y >>> 1 ^ (y & 1) * 0x9908b0df;
        }
        at = 0;
      }
      int y = state[at++];
      y ^= y >>> 11;
      y ^= y << 7 & 0x9d2c5680;
      y ^= y << 15 & 0xefc60000;
      return (y ^ y >>> 18) & 0xffffffffL;
    }
  }
}
