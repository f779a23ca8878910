package io.gradus.dsl

import io.gradus.Options
import io.gradus.nn.Bilinear
import io.gradus.nn.Dropout
import io.gradus.nn.Embedding
import io.gradus.nn.Linear
import io.gradus.nn.Lookups
import io.gradus.random.Generator
import io.gradus.tensor.backend.Device
import io.gradus.tensor.dtype.DType

/*
 * Modules under their own names, with PyTorch's arguments by name: Linear(inFeatures = n, outFeatures = 10).
 * Numbers are Int or Long, as sizes come. What fits a constructor, as Linear(4, 8), still is the constructor;
 * the errors of all of them are the constructors'.
 */

/** The affine map x Wᵀ + b of the last dimension: (*, inFeatures) becomes (*, outFeatures). */
public fun Linear(
    inFeatures: Number,
    outFeatures: Number,
    bias: Boolean = true,
    dtype: DType? = null,
    device: Device? = null,
): Linear = Linear(whole("Linear", inFeatures), whole("Linear", outFeatures), bias, Options(dtype, device, false))

/** x₁ᵀ W x₂ + b of the last dimensions: (*, in1Features) and (*, in2Features) become (*, outFeatures). */
public fun Bilinear(
    in1Features: Number,
    in2Features: Number,
    outFeatures: Number,
    bias: Boolean = true,
    dtype: DType? = null,
    device: Device? = null,
): Bilinear = Bilinear(
    whole("Bilinear", in1Features),
    whole("Bilinear", in2Features),
    whole("Bilinear", outFeatures),
    bias,
    Options(dtype, device, false),
)

/**
 * A table of learnt vectors: whole numbers of any shape (*) become (*, embeddingDim).
 *
 * [paddingIdx] is a row that stays zero; rows longer than [maxNorm] in the [normType] norm are shortened when read.
 */
public fun Embedding(
    numEmbeddings: Number,
    embeddingDim: Number,
    paddingIdx: Number? = null,
    maxNorm: Double? = null,
    normType: Double = 2.0,
    scaleGradByFreq: Boolean = false,
    dtype: DType? = null,
    device: Device? = null,
): Embedding = Embedding(
    whole("Embedding", numEmbeddings),
    whole("Embedding", embeddingDim),
    Lookups.Reading(paddingIdx?.let { whole("Embedding", it) }, maxNorm, normType, scaleGradByFreq),
    Options(dtype, device, false),
)

/** Zeros elements with probability [p] in training and scales the others by 1 / (1 - p). */
public fun Dropout(p: Number = 0.5, generator: Generator? = null): Dropout = Dropout(p.toDouble(), generator)
