package io.gradus.dsl

import io.gradus.Options
import io.gradus.Tensor
import io.gradus.nn.attention.AttentionOptions
import io.gradus.nn.attention.MultiheadAttention
import io.gradus.nn.attention.TransformerDecoderLayer
import io.gradus.nn.attention.TransformerEncoderLayer
import io.gradus.nn.attention.TransformerOptions
import io.gradus.tensor.backend.Device
import io.gradus.tensor.dtype.DType
import java.util.function.UnaryOperator

/*
 * Attention with PyTorch's arguments by name. Sequences are (L, N, size), (N, L, size) with batchFirst, or (L, size).
 */

/** Attention of [numHeads] heads over vectors of size [embedDim], which the heads share out. */
public fun MultiheadAttention(
    embedDim: Number,
    numHeads: Int,
    dropout: Double = 0.0,
    bias: Boolean = true,
    addBiasKv: Boolean = false,
    addZeroAttn: Boolean = false,
    kdim: Number? = null,
    vdim: Number? = null,
    batchFirst: Boolean = false,
    dtype: DType? = null,
    device: Device? = null,
): MultiheadAttention = MultiheadAttention(
    whole("MultiheadAttention", embedDim),
    numHeads,
    AttentionOptions(
        dropout,
        bias,
        addBiasKv,
        addZeroAttn,
        kdim?.let { whole("MultiheadAttention", it) },
        vdim?.let { whole("MultiheadAttention", it) },
        batchFirst,
    ),
    Options(dtype, device, false),
)

/** Attention over the sequence itself and a network of width [dimFeedforward], each normalised. */
public fun TransformerEncoderLayer(
    dModel: Number,
    nhead: Int,
    dimFeedforward: Number = 2048,
    dropout: Double = 0.1,
    activation: (Tensor) -> Tensor = { it.relu() },
    layerNormEps: Double = 1e-5,
    batchFirst: Boolean = false,
    normFirst: Boolean = false,
    bias: Boolean = true,
    dtype: DType? = null,
    device: Device? = null,
): TransformerEncoderLayer = TransformerEncoderLayer(
    whole("TransformerEncoderLayer", dModel),
    nhead,
    TransformerOptions(
        whole("TransformerEncoderLayer", dimFeedforward),
        dropout,
        UnaryOperator(activation),
        layerNormEps,
        batchFirst,
        normFirst,
        bias,
    ),
    Options(dtype, device, false),
)

/** As [TransformerEncoderLayer], with attention over another sequence, the memory, in between. */
public fun TransformerDecoderLayer(
    dModel: Number,
    nhead: Int,
    dimFeedforward: Number = 2048,
    dropout: Double = 0.1,
    activation: (Tensor) -> Tensor = { it.relu() },
    layerNormEps: Double = 1e-5,
    batchFirst: Boolean = false,
    normFirst: Boolean = false,
    bias: Boolean = true,
    dtype: DType? = null,
    device: Device? = null,
): TransformerDecoderLayer = TransformerDecoderLayer(
    whole("TransformerDecoderLayer", dModel),
    nhead,
    TransformerOptions(
        whole("TransformerDecoderLayer", dimFeedforward),
        dropout,
        UnaryOperator(activation),
        layerNormEps,
        batchFirst,
        normFirst,
        bias,
    ),
    Options(dtype, device, false),
)
