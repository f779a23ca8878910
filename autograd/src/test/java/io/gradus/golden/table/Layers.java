package io.gradus.golden.table;

import static java.util.Locale.ROOT;

import io.gradus.Tensor;
import io.gradus.golden.Arguments;
import io.gradus.golden.OperationRegistry;
import io.gradus.nn.Gates;
import io.gradus.nn.Lookups;
import io.gradus.nn.Normalizations;
import io.gradus.tensor.dtype.DType;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Convolutions, pools, normalisations and the other layers of {@code nn.functional}. */
final class Layers {
  private static final String F = "nn.functional.";

  private Layers() {}

  static void register(OperationRegistry r) {
    r.signature(F + "linear", "input weight bias=null");
    r.signature(F + "bilinear", "input1 input2 weight bias=null");
    r.signatures(
        "input weight bias=null stride=1 padding=0 dilation=1 groups=1",
        F + "conv1d",
        F + "conv2d",
        F + "conv3d");
    r.signatures(
        "input weight bias=null stride=1 padding=0 output_padding=0 groups=1 dilation=1",
        F + "conv_transpose1d",
        F + "conv_transpose2d",
        F + "conv_transpose3d");
    r.signatures(
        "input kernel_size stride=null padding=0 ceil_mode=false count_include_pad=true"
            + " divisor_override=null",
        F + "avg_pool1d",
        F + "avg_pool2d",
        F + "avg_pool3d");
    r.signatures(
        "input kernel_size stride=null padding=0 dilation=1 ceil_mode=false return_indices=false",
        F + "max_pool1d",
        F + "max_pool2d",
        F + "max_pool3d");
    r.signatures(
        "input output_size",
        F + "adaptive_avg_pool1d",
        F + "adaptive_avg_pool2d",
        F + "adaptive_avg_pool3d");
    r.signatures(
        "input output_size return_indices=false",
        F + "adaptive_max_pool1d",
        F + "adaptive_max_pool2d",
        F + "adaptive_max_pool3d");
    r.signature(
        F + "batch_norm",
        "input running_mean running_var weight=null bias=null training=false momentum=0.1"
            + " eps=1e-5");
    r.signature(
        F + "instance_norm",
        "input running_mean=null running_var=null weight=null bias=null use_input_stats=true"
            + " momentum=0.1 eps=1e-5");
    r.signature(F + "layer_norm", "input normalized_shape weight=null bias=null eps=1e-5");
    r.signature(F + "group_norm", "input num_groups weight=null bias=null eps=1e-5");
    r.signature(F + "rms_norm", "input normalized_shape weight=null eps=null");
    r.signature(F + "local_response_norm", "input size alpha=0.0001 beta=0.75 k=1.0");
    r.add(
        F + "embedding",
        a ->
            Lookups.embedding(
                a.tensor(0, "weight"),
                a.tensor(1, "input"),
                reading(a, a.get(2, "padding_idx"), 3)));
    r.signature(F + "one_hot", "input num_classes=-1");
    r.signature(F + "pad", "input pad mode=constant value=null");
    r.signature(
        F + "interpolate",
        "input size=null scale_factor=null mode=nearest align_corners=null"
            + " recompute_scale_factor=null antialias=false");
    r.signature(
        F + "grid_sample", "input grid mode=bilinear padding_mode=zeros align_corners=false");
    r.signature(F + "unfold", "input kernel_size dilation=1 padding=0 stride=1");
    r.signature(F + "fold", "input output_size kernel_size dilation=1 padding=0 stride=1");
    r.signature(F + "pixel_shuffle", "input upscale_factor");
    r.signature(F + "pixel_unshuffle", "input downscale_factor");
    r.signature(F + "channel_shuffle", "input groups");
    r.signature(F + "cosine_similarity", "x1 x2 dim=1 eps=1e-8");
    r.signature(F + "pairwise_distance", "x1 x2 p=2.0 eps=1e-6 keepdim=false");
    r.signature(F + "pdist", "input p=2.0");
    r.signature(
        F + "scaled_dot_product_attention",
        "query key value attn_mask=null dropout_p=0.0 is_causal=false scale=null"
            + " enable_gqa=false");
    r.signature(F + "softmin", "input dim stacklevel=3 dtype=null");
    r.add(
        F + "softmin",
        a ->
            a.get(3, "dtype") instanceof DType to
                ? Gates.softmin(a.tensor(0, "input"), a.integer(1, "dim", 0), to)
                : a.tensor(0, "input").softmin(a.integer(1, "dim", 0)));
    r.signature(F + "glu", "input dim=-1");
    r.signature(F + "prelu", "input weight");
    r.signature(F + "rrelu", "input lower=0.125 upper=0.3333333333333333 training=false");
    r.signatures(
        "input p=0.5 training=true",
        F + "dropout1d",
        F + "dropout2d",
        F + "dropout3d",
        F + "feature_dropout");
    r.signatures("input p=0.5 training=false", F + "alpha_dropout", F + "feature_alpha_dropout");
    r.add(
        F + "embedding_bag",
        a ->
            Lookups.embeddingBag(
                a.tensor(0, "weight"),
                a.tensor(1, "input"),
                (Tensor) a.get(2, "offsets"),
                Lookups.Bag.valueOf(Objects.toString(a.get(6, "mode"), "mean").toUpperCase(ROOT)),
                (Tensor) a.get(8, "per_sample_weights"),
                a.flag(9, "include_last_offset"),
                reading(a, a.get(10, "padding_idx"), 3)));
    r.add(
        "native_layer_norm",
        a ->
            Normalizations.layerNormWithStatistics(
                a.tensor(0, "input"),
                longs(a.get(1, "normalized_shape")),
                (Tensor) a.get(2, "weight"),
                (Tensor) a.get(3, "bias"),
                a.number(4, "eps", 1e-5).doubleValue()));
    r.add(
        "native_batch_norm",
        a ->
            Normalizations.batchNormWithStatistics(
                a.tensor(0, "input"),
                (Tensor) a.get(3, "running_mean"),
                (Tensor) a.get(4, "running_var"),
                (Tensor) a.get(1, "weight"),
                (Tensor) a.get(2, "bias"),
                a.flag(5, "training"),
                a.number(6, "momentum", 0.1).doubleValue(),
                a.number(7, "eps", 1e-5).doubleValue()));
    r.add(
        "native_group_norm",
        a ->
            Normalizations.groupNormWithStatistics(
                a.tensor(0, "input"),
                a.integer(6, "group", 1),
                (Tensor) a.get(1, "weight"),
                (Tensor) a.get(2, "bias"),
                a.number(7, "eps", 1e-5).doubleValue()));
  }

  /** The arguments from {@code max_norm} on. */
  private static Lookups.Reading reading(Arguments a, @Nullable Object padding, int at) {
    Lookups.Reading how =
        Lookups.Reading.PLAIN
            .paddingIdx((Long) padding)
            .scaleGradByFreq(a.flag(at + 2, "scale_grad_by_freq"));
    return a.get(at, "max_norm") == null
        ? how
        : how.maxNorm(
            a.number(at, "max_norm", 0).doubleValue(),
            a.number(at + 1, "norm_type", 2).doubleValue());
  }

  private static long[] longs(@Nullable Object list) {
    return ((List<?>) Objects.requireNonNull(list)).stream().mapToLong(x -> (Long) x).toArray();
  }
}
