package io.gradus.golden.module;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.golden.Arguments;
import io.gradus.nn.MultiHead;
import io.gradus.nn.attention.AttentionOptions;
import io.gradus.nn.attention.MultiheadAttention;
import io.gradus.nn.attention.Transformer;
import io.gradus.nn.attention.TransformerDecoderLayer;
import io.gradus.nn.attention.TransformerEncoderLayer;
import io.gradus.nn.attention.TransformerMasks;
import io.gradus.nn.attention.TransformerOptions;
import io.gradus.nn.rnn.GRU;
import io.gradus.nn.rnn.GRUCell;
import io.gradus.nn.rnn.LSTM;
import io.gradus.nn.rnn.LSTMCell;
import io.gradus.nn.rnn.LSTMState;
import io.gradus.nn.rnn.Nonlinearity;
import io.gradus.nn.rnn.RNN;
import io.gradus.nn.rnn.RNNCell;
import io.gradus.nn.rnn.RecurrentOptions;
import io.gradus.nn.rnn.RecurrentOutput;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Recurrent networks, attention and transformers. */
final class SequenceModules {
  private SequenceModules() {}

  static @Nullable Made make(String name, Settings s) {
    Made recurrent = recurrent(name, s);
    return recurrent == null ? attention(name, s) : recurrent;
  }

  private static @Nullable Made recurrent(String name, Settings s) {
    if (!name.contains("RNN") && !name.contains("GRU") && !name.contains("LSTM")) {
      return null;
    }
    long in = s.whole(0, "input_size", 1);
    long hidden = s.whole(1, "hidden_size", 1);
    boolean bias = s.flag(2, "bias", true);
    RecurrentOptions options =
        new RecurrentOptions(
            s.small(2, "num_layers", 1),
            s.flag("bias", true),
            s.flag("batch_first", false),
            0,
            s.flag("bidirectional", false),
            s.whole(99, "proj_size", 0));
    Nonlinearity kind =
        Nonlinearity.valueOf(s.word(3, "nonlinearity", "tanh").toUpperCase(Locale.ROOT));
    Options t = Options.DEFAULT;
    return switch (name) {
      case "RNNCell" -> {
        var m = new RNNCell(in, hidden, bias, kind, t);
        yield new Made(m, a -> a.has(1, "hx") ? m.call(x(a), a.tensor(1, "hx")) : m.call(x(a)));
      }
      case "GRUCell" -> {
        var m = new GRUCell(in, hidden, bias, t);
        yield new Made(m, a -> a.has(1, "hx") ? m.call(x(a), a.tensor(1, "hx")) : m.call(x(a)));
      }
      case "LSTMCell" -> {
        var m = new LSTMCell(in, hidden, bias, t);
        yield new Made(m, a -> list(a.has(1, "hx") ? m.call(x(a), state(a)) : m.call(x(a))));
      }
      case "RNN" -> {
        var m = new RNN(in, hidden, kind, options);
        yield new Made(
            m, a -> list(a.has(1, "hx") ? m.call(x(a), a.tensor(1, "hx")) : m.call(x(a))));
      }
      case "GRU" -> {
        var m = new GRU(in, hidden, options);
        yield new Made(
            m, a -> list(a.has(1, "hx") ? m.call(x(a), a.tensor(1, "hx")) : m.call(x(a))));
      }
      case "LSTM" -> {
        var m = new LSTM(in, hidden, options);
        yield new Made(
            m,
            a -> {
              LSTM.Output r = a.has(1, "hx") ? m.call(x(a), state(a)) : m.call(x(a));
              return List.of(r.output(), list(r.state()));
            });
      }
      default -> null;
    };
  }

  private static Tensor x(Arguments a) {
    return a.tensor(0, "input");
  }

  private static LSTMState state(Arguments a) {
    List<?> parts = (List<?>) a.get(1, "hx");
    if (parts == null) {
      throw new IllegalArgumentException("no state");
    }
    return new LSTMState((Tensor) parts.get(0), (Tensor) parts.get(1));
  }

  private static List<Tensor> list(LSTMState state) {
    return List.of(state.hidden(), state.cell());
  }

  private static List<Tensor> list(RecurrentOutput r) {
    return List.of(r.output(), r.hidden());
  }

  private static @Nullable Tensor mask(Arguments a, String name) {
    return a.named().get(name) instanceof Tensor t ? t : null;
  }

  private static @Nullable Made attention(String name, Settings s) {
    long size = s.whole(0, "d_model", 1);
    int heads = s.small(1, "nhead", 1);
    TransformerOptions options =
        TransformerOptions.DEFAULT
            .feedForward(s.whole(2, "dim_feedforward", 2048))
            .dropout(s.real(3, "dropout", 0.1))
            .batchFirst(s.flag("batch_first", false))
            .normFirst(s.flag("norm_first", false))
            .bias(s.flag("bias", true));
    return switch (name) {
      case "MultiheadAttention" -> multihead(s);
      case "TransformerEncoderLayer" -> {
        var m = new TransformerEncoderLayer(size, heads, options);
        yield new Made(
            m,
            a -> m.call(a.tensor(0, "src"), mask(a, "src_mask"), mask(a, "src_key_padding_mask")));
      }
      case "TransformerDecoderLayer" -> {
        var m = new TransformerDecoderLayer(size, heads, options);
        yield new Made(m, a -> m.call(a.tensor(0, "tgt"), a.tensor(1, "memory"), masks(a)));
      }
      case "Transformer" -> {
        var m =
            new Transformer(
                size,
                heads,
                s.small(99, "num_encoder_layers", 6),
                s.small(99, "num_decoder_layers", 6),
                options);
        yield new Made(m, a -> m.call(a.tensor(0, "src"), a.tensor(1, "tgt"), masks(a)));
      }
      default -> null;
    };
  }

  private static TransformerMasks masks(Arguments a) {
    return new TransformerMasks(
        mask(a, "src_mask"),
        mask(a, "tgt_mask"),
        mask(a, "memory_mask"),
        mask(a, "src_key_padding_mask"),
        mask(a, "tgt_key_padding_mask"),
        mask(a, "memory_key_padding_mask"));
  }

  private static Made multihead(Settings s) {
    AttentionOptions options =
        AttentionOptions.DEFAULT
            .bias(s.flag("bias", true))
            .keyBias(s.flag("add_bias_kv", false))
            .zeroKey(s.flag("add_zero_attn", false))
            .batchFirst(s.flag("batch_first", false));
    Object key = s.all().named().get("kdim");
    Object value = s.all().named().get("vdim");
    if (key instanceof Long k && value instanceof Long v) {
      options = options.sizes(k, v);
    }
    var m = new MultiheadAttention(s.whole(0, "embed_dim", 1), s.small(1, "num_heads", 1), options);
    return new Made(
        m,
        a -> {
          MultiHead.Attended r =
              m.call(
                  a.tensor(0, "query"),
                  a.tensor(1, "key"),
                  a.tensor(2, "value"),
                  mask(a, "key_padding_mask"),
                  mask(a, "attn_mask"),
                  true);
          return List.of(r.output(), r.weights());
        });
  }
}
