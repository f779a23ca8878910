package io.gradus.io;

import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.FormatException;
import io.gradus.tensor.error.ShapeException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Pictures in the formats that the JDK knows: PNG, JPEG, GIF (first frame), BMP, TIFF. */
public final class ImageFile {
  /** The most pixels that are decoded. */
  public static final long MOST_PIXELS = 100_000_000;

  private static final int CHANNELS = 3;
  private static final int BMP_IMAGE_SIZE = 34;
  private static final int BMP_HEADER = 38;

  private ImageFile() {}

  /**
   * A picture as u8 [3, height, width]: red, green, blue; what is transparent is not blended.
   *
   * @throws io.gradus.tensor.error.FormatException for a malformed file, an unknown format, or more
   *     than {@link #MOST_PIXELS}, which is found out before they are decoded
   */
  public static Tensor read(Path path) {
    return read(path, Limits.DEFAULT);
  }

  /** {@link #read(Path)} of at most so many bytes, three of them a pixel. */
  public static Tensor read(Path path, Limits limits) {
    Where where = Where.file("image", String.valueOf(path.getFileName()));
    if (!Files.isReadable(path)) {
      throw new UncheckedIOException(new IOException("[image] cannot read " + path));
    }
    try (ImageInputStream in = ImageIO.createImageInputStream(path.toFile())) {
      Iterator<ImageReader> readers =
          in == null ? Collections.emptyIterator() : ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw where.malformed("not a PNG, JPEG, GIF, BMP or TIFF picture");
      }
      ImageReader reader = readers.next();
      checkEmbedded(where, in);
      try {
        reader.setInput(in, true, true);
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > MOST_PIXELS) {
          throw where.malformed("%d pixels are more than the limit of %d", pixels, MOST_PIXELS);
        }
        limits.checkBytes(where, CHANNELS * pixels);
        return tensor(reader.read(0));
      } finally {
        reader.dispose();
      }
    } catch (FormatException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // The JDK's decoders raise whatever comes up, also index errors.
      throw where.malformed(e, "the picture cannot be decoded: %s", Where.clip(e.getMessage()));
    }
  }

  /**
   * The JDK believes a BMP file that holds a JPEG or PNG picture how long that is, and allocates so
   * much. Layout: Microsoft, BITMAPINFOHEADER.
   */
  private static void checkEmbedded(Where where, ImageInputStream in) throws IOException {
    if (in.length() < BMP_HEADER) {
      return;
    }
    in.mark();
    byte[] header = new byte[BMP_HEADER];
    in.readFully(header);
    in.reset();
    ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    long size = Integer.toUnsignedLong(fields.getInt(BMP_IMAGE_SIZE));
    if (header[0] == 'B' && header[1] == 'M' && size > in.length()) {
      throw where.malformed("%d bytes of pixels are more than the file has: %d", size, in.length());
    }
  }

  private static Tensor tensor(BufferedImage image) {
    int w = image.getWidth();
    int h = image.getHeight();
    byte[] bytes = new byte[CHANNELS * w * h];
    int[] row = new int[w];
    for (int y = 0; y < h; y++) {
      image.getRGB(0, y, w, 1, row, 0, w);
      for (int x = 0; x < w; x++) {
        for (int c = 0; c < CHANNELS; c++) {
          bytes[(c * h + y) * w + x] = (byte) (row[x] >> (16 - 8 * c));
        }
      }
    }
    return Tensor.wrap(bytes, DType.U8, CHANNELS, h, w);
  }

  /**
   * Writes a picture as PNG; replaces the file when all is written.
   *
   * @param image [1 or 3, height, width]: u8, or floating from 0 to 1
   */
  public static void writePng(Path path, Tensor image) {
    byte[] png = png(image);
    AtomicFile.write(path, out -> out.write(png));
  }

  /** A picture as the bytes of a PNG file; see {@link #writePng}. */
  public static byte[] png(Tensor image) {
    if (image.dim() != 3 || image.size(0) != 1 && image.size(0) != CHANNELS || image.numel() == 0) {
      throw new ShapeException(
          "[image] expected a tensor [1 or 3, height, width], but got shape " + image.shape());
    }
    if (image.dtype() != DType.U8 && !image.dtype().isFloating()) {
      throw new DTypeException(
          "[image] expected u8 (0 to 255) or floating elements (0 to 1), but got " + image.dtype());
    }
    float[] values = image.floatArray();
    float scale = image.dtype() == DType.U8 ? 1 : 255;
    int h = (int) image.size(1);
    int w = (int) image.size(2);
    BufferedImage to = new BufferedImage(w, h, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        int rgb = 0;
        for (int c = 0; c < CHANNELS; c++) {
          int channel = image.size(0) == 1 ? 0 : c;
          float v = values[(channel * h + y) * w + x] * scale;
          rgb = rgb << 8 | Math.clamp(Math.round(v), 0, 255);
        }
        to.setRGB(x, y, rgb);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(to, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
