package io.gradus.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Tensor;
import io.gradus.data.Cifar10;
import io.gradus.data.FashionMnist;
import io.gradus.data.ImageFolder;
import io.gradus.data.Iris;
import io.gradus.data.Mnist;
import io.gradus.data.TensorDataset;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.FormatException;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class DatasetFilesTest {
  @TempDir Path dir;

  private Path file(String name) {
    return SampleFiles.in(dir, name);
  }

  private static void refused(Executable read, String word) {
    String message = assertThrows(FormatException.class, read).getMessage();
    assertTrue(message.contains(word), message + " should mention " + word);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] idx(int type, byte[] data, int... sizes) {
    ByteBuffer out = ByteBuffer.allocate(4 + 4 * sizes.length + data.length);
    out.putInt(type << 8 | sizes.length);
    for (int size : sizes) {
      out.putInt(size);
    }
    return out.put(data).array();
  }

  @Test
  @DisplayName("S12.2 IDX files, packed or not")
  void idx() {
    Tensor images = Idx.read(file("images-idx3-ubyte.gz"));
    assertEquals(DType.U8, images.dtype());
    assertArrayEquals(new long[] {3, 2, 3}, images.shape().toArray());
    assertEquals(105L, images.select(0, 1).select(0, 1).select(0, 2).item());
    assertArrayEquals(new long[] {5, 0, 9}, Idx.read(file("labels-idx1-ubyte")).longArray());
    assertArrayEquals(new float[] {1.5f, -2}, Idx.read(file("floats.idx")).floatArray());
  }

  @Test
  void malformedIdxFilesAreRefused() throws IOException {
    byte[] good = SampleFiles.bytes("labels-idx1-ubyte");
    byte[] magic = good.clone();
    magic[0] = 1;
    refused(() -> Idx.read(Content.of("i", magic), Limits.DEFAULT), "two zeros");
    byte[] type = good.clone();
    type[2] = 0x0a;
    refused(() -> Idx.read(Content.of("i", type), Limits.DEFAULT), "type 0x0a");
    byte[] huge = idx(8, new byte[4], -1, -1, -1);
    refused(() -> Idx.read(Content.of("i", huge), Limits.DEFAULT), "more elements");
    byte[] bomb = gzip(idx(8, new byte[8 << 20], 8 << 20));
    refused(() -> Idx.read(Content.of("i", bomb), Limits.DEFAULT), "maxRatio");
    byte[] packed = SampleFiles.bytes("images-idx3-ubyte.gz");
    for (int i = 0; i < packed.length; i++) {
      byte[] cut = java.util.Arrays.copyOf(packed, i);
      assertThrows(
          FormatException.class, () -> Idx.read(Content.of("i", cut), Limits.DEFAULT), "at " + i);
    }
  }

  private void writeMnist(int images, int label) throws IOException {
    byte[] pixels = new byte[images * 784];
    java.util.Arrays.fill(pixels, (byte) 255);
    SampleFiles.in(dir, "train-images-idx3-ubyte.gz", gzip(idx(8, pixels, images, 28, 28)));
    SampleFiles.in(dir, "train-labels.idx1-ubyte", idx(8, new byte[] {(byte) label, 1}, 2));
  }

  @Test
  void mnistComesFromAFolder() throws IOException {
    assertThrows(InvalidArgumentException.class, () -> Mnist.train(dir));
    writeMnist(2, 9);
    TensorDataset set = Mnist.train(dir);
    assertEquals(2, set.size());
    assertArrayEquals(new long[] {2, 1, 28, 28}, set.tensors().get(0).shape().toArray());
    assertEquals(1, set.tensors().get(0).max().item().floatValue());
    assertArrayEquals(new long[] {9, 1}, set.tensors().get(1).longArray());
    assertEquals(2, FashionMnist.train(dir).size());
    assertEquals(10, FashionMnist.CLASSES.size());
    writeMnist(2, 10);
    refused(() -> Mnist.train(dir), "up to 10");
    writeMnist(3, 9);
    refused(() -> Mnist.train(dir), "expected u8 [3]");
    SampleFiles.in(dir, "train-images-idx3-ubyte.gz", SampleFiles.bytes("images-idx3-ubyte.gz"));
    refused(() -> FashionMnist.train(dir), "[N, 28, 28]");
  }

  @Test
  void cifarComesFromAFolder() throws IOException {
    Path sample = file("cifar.bin");
    for (int i = 1; i <= 5; i++) {
      Files.copy(sample, dir.resolve("data_batch_" + i + ".bin"));
    }
    assertThrows(InvalidArgumentException.class, () -> Cifar10.test(dir));
    TensorDataset set = Cifar10.train(dir);
    assertArrayEquals(new long[] {10, 3, 32, 32}, set.tensors().get(0).shape().toArray());
    assertArrayEquals(new long[] {3, 7, 3, 7}, set.tensors().get(1).narrow(0, 0, 4).longArray());
    CifarFile one = CifarFile.read(sample, 10);
    // Pixel (row 1, column 2) of the second channel of the second image.
    assertEquals(
        (1024 + 34 + 7) % 256L,
        one.images().select(0, 1).select(0, 1).select(0, 1).select(0, 2).item());
    refused(() -> CifarFile.read(sample, 7), "label 7, expected 0 to 6");
    byte[] cut = java.util.Arrays.copyOf(SampleFiles.bytes("cifar.bin"), 3074);
    refused(() -> CifarFile.read(SampleFiles.in(dir, "cut.bin", cut), 10), "multiple of 3073");
  }

  @Test
  void irisIsPartOfTheLibrary() throws IOException {
    TensorDataset set = Iris.load();
    assertEquals(150, set.size());
    assertEquals(5.1f, set.get(0).get(0).select(0, 0).item());
    assertEquals(List.of("setosa", "versicolor", "virginica"), Iris.CLASSES);
    Path path = dir.resolve("iris.csv");
    Files.writeString(path, "1,4,a,b,c\n1,2,3,4,2\n");
    assertArrayEquals(new long[] {2}, Iris.load(dir).tensors().get(1).longArray());
    Files.writeString(path, "1,4,a,b,c\n1,2,3,2\n");
    refused(() -> Iris.load(path), "line 2");
    Files.writeString(path, "1,4,a,b,c\n1,2,3,4,3\n");
    refused(() -> Iris.load(path), "species 3");
  }

  private Path csv(String text) {
    return SampleFiles.in(dir, "t.csv", text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  @DisplayName("S12.2 tables of comma-separated values")
  void csv() throws IOException {
    Csv table = Csv.read(csv("a,\"b, c\",kind\n1,2.5,x\n\n-3,,\"y \"\"q\"\"\"\n1,1,x\n"));
    assertEquals(List.of("a", "b, c", "kind"), table.names());
    assertEquals(3, table.size());
    assertEquals("y \"q\"", table.row(1).get(2));
    assertArrayEquals(
        new float[] {2.5f, 1, Float.NaN, -3, 1, 1}, table.numbers("b, c", "a").floatArray());
    Csv.Classes kind = table.classes("kind");
    assertArrayEquals(new long[] {0, 1, 0}, kind.labels().longArray());
    assertEquals(List.of("x", "y \"q\""), kind.names());
    refused(() -> table.numbers("kind"), "'kind': row 0 has 'x'");
    assertThrows(InvalidArgumentException.class, () -> table.numbers("none"));
    byte[] packed = gzip("1;2\n3;4".getBytes(StandardCharsets.UTF_8));
    Csv plain = Csv.read(SampleFiles.in(dir, "p.csv.gz", packed), ';', false, Limits.DEFAULT);
    assertArrayEquals(new float[] {1, 2, 3, 4}, plain.numbers().floatArray());
    assertEquals(0, Csv.read(csv("")).size());
    Csv spreadsheet = Csv.read(csv("\uFEFFa;b\r\n1;2\r\n"), ';');
    assertEquals("Csv(t.csv: 1 rows of [a, b])", spreadsheet.toString());
    Csv twice = Csv.read(csv("a,a\n1,2\n"));
    assertArrayEquals(new float[] {1, 2}, twice.numbers().floatArray());
    assertThrows(InvalidArgumentException.class, () -> twice.numbers("a"));
  }

  @Test
  void malformedTablesAreRefused() {
    refused(() -> Csv.read(csv("a,b\n1\n")), "t.csv, line 2: 1 fields, expected 2");
    refused(() -> Csv.read(csv("a,b\n1,2,3\n")), "3 fields");
    refused(() -> Csv.read(csv("a\n\"1\n2\n")), "t.csv");
    refused(() -> Csv.read(csv("a\n\"1\"2\n")), "t.csv");
    String wide = "a\n" + "x".repeat(3 << 20);
    refused(() -> Csv.read(csv(wide)), "t.csv");
    refused(() -> Csv.read(csv(wide), ',', true, Limits.DEFAULT.maxBytes(100)), "maxBytes");
  }

  @Test
  @DisplayName("S12.2 pictures in folders")
  void imageFolder() throws IOException {
    assertThrows(InvalidArgumentException.class, () -> ImageFolder.of(dir));
    Tensor image = Tensor.arange(18).mul(10).to(DType.U8).view(3, 2, 3);
    Path cat = Files.createDirectories(dir.resolve("cat"));
    Path dog = Files.createDirectories(dir.resolve("dog"));
    ImageFile.writePng(cat.resolve("1.png"), image);
    ImageFile.writePng(dog.resolve("2.PNG"), image.narrow(0, 0, 1).to(DType.F32).div(255));
    Files.writeString(dog.resolve("notes.txt"), "no picture");
    assertTrue(SampleFiles.same(image, ImageFile.read(cat.resolve("1.png"))));
    ImageFolder set = ImageFolder.of(dir);
    assertEquals(List.of("cat", "dog"), set.classes());
    assertEquals(2, set.size());
    assertEquals(1L, set.get(1).get(1).item());
    Tensor grey = set.get(1).get(0);
    assertArrayEquals(new long[] {3, 2, 3}, grey.shape().toArray());
    assertArrayEquals(
        grey.select(0, 0).floatArray(), grey.select(0, 2).floatArray(), "all channels alike");
    assertEquals(
        0.5f * 50 / 255,
        set.transform(x -> x.mul(0.5))
            .get(0)
            .get(0)
            .select(0, 0)
            .select(0, 1)
            .select(0, 2)
            .item()
            .floatValue(),
        1e-6);
    byte[] png = ImageFile.png(image);
    for (int i = 0; i < png.length; i++) {
      Path broken = SampleFiles.in(dir, "broken.png", java.util.Arrays.copyOf(png, i));
      try {
        ImageFile.read(broken);
      } catch (FormatException e) {
        assertTrue(e.getMessage().contains("broken.png"), e.getMessage());
      }
    }
    refused(() -> ImageFile.read(file("f4.npy")), "not a PNG");
    byte[] huge = png.clone();
    // The width in the header chunk, with its checksum made to fit.
    ByteBuffer.wrap(huge).putInt(16, 1_000_000).putInt(20, 1_000_000);
    java.util.zip.CRC32 crc = new java.util.zip.CRC32();
    crc.update(huge, 12, 17);
    ByteBuffer.wrap(huge).putInt(29, (int) crc.getValue());
    refused(() -> ImageFile.read(SampleFiles.in(dir, "huge.png", huge)), "limit of");
    ByteBuffer bmp = ByteBuffer.allocate(60).order(ByteOrder.LITTLE_ENDIAN);
    bmp.put((byte) 'B').put((byte) 'M').putInt(10, 54).putInt(14, 40).putInt(18, 7).putInt(22, 5);
    bmp.putShort(26, (short) 1).putInt(30, 5).putInt(34, 0x7418_0001);
    refused(
        () -> ImageFile.read(SampleFiles.in(dir, "png-in.bmp", bmp.array())), "than the file has");
    assertThrows(UncheckedIOException.class, () -> ImageFile.read(dir.resolve("none.png")));
    assertThrows(ShapeException.class, () -> ImageFile.png(Tensor.ones(2, 3, 3)));
    assertThrows(DTypeException.class, () -> ImageFile.png(image.to(DType.I32)));
  }
}
