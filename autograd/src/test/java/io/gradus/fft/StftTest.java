package io.gradus.fft;

import static io.gradus.fft.Dft.close;
import static io.gradus.fft.Dft.sample;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Fft;
import io.gradus.FftOptions;
import io.gradus.FftOptions.Norm;
import io.gradus.Options;
import io.gradus.StftOptions;
import io.gradus.Tensor;
import io.gradus.Windows;
import io.gradus.nn.Rearrangements;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.NumericalException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.error.TensorException;
import io.gradus.tensor.layout.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class StftTest {
  private static final StftOptions TENS =
      StftOptions.of(10).window(Windows.hann(Options.dtype(DType.F64), 10, false));

  @Test
  void aFrameIsTheTransformOfItsWeightedPart() {
    Tensor x = sample(40);
    Tensor s = Fft.stft(x, TENS.center(false).hopLength(3));
    assertEquals(Shape.of(6, 11, 2), s.shape());
    Tensor part = x.narrow(0, 6, 10).mul(TENS.window());
    close(Fft.rfft(part), s.select(1, 2));
    Tensor all = Fft.stft(x, TENS.center(false).hopLength(3).onesided(false).normalized(true));
    assertEquals(Shape.of(10, 11, 2), all.shape());
    close(Fft.rfft(part, FftOptions.DEFAULT.norm(Norm.ORTHO)), all.select(1, 2).narrow(0, 0, 6));
  }

  @Test
  void centredFramesReachBeyondTheEnds() {
    Tensor x = sample(2, 20);
    Tensor s = Fft.stft(x, StftOptions.of(6).hopLength(2));
    assertEquals(Shape.of(2, 4, 11, 2), s.shape());
    Tensor mirrored = Rearrangements.pad(x.unsqueeze(1), new long[] {3, 3}, "reflect", null);
    close(Fft.stft(mirrored.squeeze(1), StftOptions.of(6).hopLength(2).center(false)), s);
    Tensor zeros = Rearrangements.pad(x, 3, 3);
    close(
        Fft.stft(zeros, StftOptions.of(6).center(false)),
        Fft.stft(x, StftOptions.of(6).padMode("constant")));
  }

  @Test
  void aShortWindowLiesInTheMiddleOfItsFrame() {
    Tensor x = sample(30);
    Tensor w = sample(4).abs().add(0.5);
    Tensor padded = Rearrangements.pad(w, 2, 2);
    StftOptions plain = StftOptions.of(8).center(false).hopLength(2);
    close(Fft.stft(x, plain.window(padded)), Fft.stft(x, plain.winLength(4).window(w)));
    Tensor aligned = Fft.stft(x, plain.winLength(4).window(w).alignToWindow(true));
    assertEquals(Shape.of(5, 14, 2), aligned.shape());
    Tensor first = Rearrangements.pad(x.narrow(0, 0, 4).mul(w), 2, 2);
    close(Fft.rfft(first), aligned.select(1, 0));
  }

  @Test
  void theSignalComesBack() {
    Tensor x = sample(2, 41);
    for (boolean half : new boolean[] {false, true}) {
      StftOptions o = TENS.onesided(half).normalized(half);
      close(x, Fft.istft(Fft.stft(x, o), o, 41));
    }
    Tensor y = sample(40);
    close(y, Fft.istft(Fft.stft(y, TENS), TENS));
    StftOptions ones = StftOptions.of(10).center(false).hopLength(5);
    close(y, Fft.istft(Fft.stft(y, ones), ones));
    Tensor longer = Fft.istft(Fft.stft(y, ones), ones, 45);
    close(Rearrangements.pad(y, 0, 5), longer);
  }

  private static void fails(Class<? extends TensorException> kind, String phrase, Executable call) {
    String message = assertThrows(kind, call).getMessage();
    assertTrue(message.contains(phrase), message);
  }

  @Test
  void refusalsAreWordedAsPyTorchs() {
    Tensor x = sample(30);
    Class<TensorException> any = TensorException.class;
    StftOptions huge = StftOptions.of(1L << 40).padMode("replicate");
    fails(any, "expected n_fft < 2^31", () -> Fft.stft(x, huge));
    fails(any, "expected hop_length > 0", () -> Fft.stft(x, TENS.hopLength(0)));
    fails(any, "expected 0 < n_fft", () -> Fft.stft(x, StftOptions.of(31).center(false)));
    fails(any, "expected 0 < n_fft", () -> Fft.stft(x, StftOptions.of(0)));
    fails(any, "expected 0 < win_length", () -> Fft.stft(x, StftOptions.of(8).winLength(9)));
    fails(any, "1D window tensor", () -> Fft.stft(x, StftOptions.of(8).window(sample(3))));
    fails(any, "Padding size should be less", () -> Fft.stft(x, StftOptions.of(60)));
    fails(any, "only be set when center = false", () -> Fft.stft(x, TENS.alignToWindow(true)));
    fails(ShapeException.class, "1D or 2D", () -> Fft.stft(sample(2, 2, 9), StftOptions.of(4)));
    fails(DTypeException.class, "floating point", () -> Fft.stft(x.to(DType.I64), TENS));
    Tensor s = Fft.stft(x, TENS);
    fails(any, "match n_fft / 2 + 1", () -> Fft.istft(s, StftOptions.of(12)));
    fails(any, "0 < hop_length <= win_length", () -> Fft.istft(s, TENS.hopLength(11)));
    fails(any, "Invalid window shape", () -> Fft.istft(s, TENS.window(sample(3))));
    fails(any, "cannot be empty", () -> Fft.istft(s.narrow(1, 0, 0), TENS));
    fails(any, "3 or 4 dimensions", () -> Fft.istft(sample(6, 2), TENS));
    fails(
        NumericalException.class,
        "window overlap add min",
        () -> Fft.istft(Fft.stft(x, TENS.center(false)), TENS.center(false)));
  }
}
