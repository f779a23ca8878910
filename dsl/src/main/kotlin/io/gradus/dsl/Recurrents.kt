package io.gradus.dsl

import io.gradus.Options
import io.gradus.nn.rnn.GRU
import io.gradus.nn.rnn.GRUCell
import io.gradus.nn.rnn.LSTM
import io.gradus.nn.rnn.LSTMCell
import io.gradus.nn.rnn.Nonlinearity
import io.gradus.nn.rnn.RNN
import io.gradus.nn.rnn.RNNCell
import io.gradus.nn.rnn.RecurrentOptions
import io.gradus.tensor.backend.Device
import io.gradus.tensor.dtype.DType

/*
 * Recurrent networks with PyTorch's arguments by name. Sequences are (L, N, inputSize), (N, L, inputSize) with
 * batchFirst, or (L, inputSize); cells take one step, (N, inputSize) or (inputSize).
 */

/** A simple recurrent network of [numLayers] layers. */
public fun RNN(
    inputSize: Number,
    hiddenSize: Number,
    numLayers: Int = 1,
    nonlinearity: Nonlinearity = Nonlinearity.TANH,
    bias: Boolean = true,
    batchFirst: Boolean = false,
    dropout: Double = 0.0,
    bidirectional: Boolean = false,
    dtype: DType? = null,
    device: Device? = null,
): RNN = RNN(
    whole("RNN", inputSize),
    whole("RNN", hiddenSize),
    nonlinearity,
    RecurrentOptions(numLayers, bias, batchFirst, dropout, bidirectional, 0),
    Options(dtype, device, false),
)

/** Long short-term memory of [numLayers] layers, with outputs projected to [projSize] unless that is 0. */
public fun LSTM(
    inputSize: Number,
    hiddenSize: Number,
    numLayers: Int = 1,
    bias: Boolean = true,
    batchFirst: Boolean = false,
    dropout: Double = 0.0,
    bidirectional: Boolean = false,
    projSize: Number = 0,
    dtype: DType? = null,
    device: Device? = null,
): LSTM = LSTM(
    whole("LSTM", inputSize),
    whole("LSTM", hiddenSize),
    RecurrentOptions(numLayers, bias, batchFirst, dropout, bidirectional, whole("LSTM", projSize)),
    Options(dtype, device, false),
)

/** A gated recurrent network of [numLayers] layers. */
public fun GRU(
    inputSize: Number,
    hiddenSize: Number,
    numLayers: Int = 1,
    bias: Boolean = true,
    batchFirst: Boolean = false,
    dropout: Double = 0.0,
    bidirectional: Boolean = false,
    dtype: DType? = null,
    device: Device? = null,
): GRU = GRU(
    whole("GRU", inputSize),
    whole("GRU", hiddenSize),
    RecurrentOptions(numLayers, bias, batchFirst, dropout, bidirectional, 0),
    Options(dtype, device, false),
)

/** One step of a simple recurrent network. */
public fun RNNCell(
    inputSize: Number,
    hiddenSize: Number,
    bias: Boolean = true,
    nonlinearity: Nonlinearity = Nonlinearity.TANH,
    dtype: DType? = null,
    device: Device? = null,
): RNNCell = RNNCell(
    whole("RNNCell", inputSize),
    whole("RNNCell", hiddenSize),
    bias,
    nonlinearity,
    Options(dtype, device, false),
)

/** One step of long short-term memory. */
public fun LSTMCell(
    inputSize: Number,
    hiddenSize: Number,
    bias: Boolean = true,
    dtype: DType? = null,
    device: Device? = null,
): LSTMCell = LSTMCell(
    whole("LSTMCell", inputSize),
    whole("LSTMCell", hiddenSize),
    bias,
    Options(dtype, device, false),
)

/** One step of a gated recurrent network. */
public fun GRUCell(
    inputSize: Number,
    hiddenSize: Number,
    bias: Boolean = true,
    dtype: DType? = null,
    device: Device? = null,
): GRUCell = GRUCell(
    whole("GRUCell", inputSize),
    whole("GRUCell", hiddenSize),
    bias,
    Options(dtype, device, false),
)
