package io.gradus.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.tensor.error.FormatException;
import io.gradus.tensor.error.InvalidArgumentException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostileFilesTest {
  @TempDir Path dir;

  private static void refused(Executable read, String... words) {
    String message = assertThrows(FormatException.class, read).getMessage();
    for (String word : words) {
      assertTrue(message.contains(word), message + " should mention " + word);
    }
  }

  private static byte[] npy(String header, int data) {
    byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocate(10 + text.length + data)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
        .putShort((short) text.length)
        .put(text)
        .array();
  }

  private static void npyRefused(String header, int data, String... words) {
    Content content = Content.of("x.npy", npy(header, data));
    refused(() -> Npy.read(content, Limits.DEFAULT), words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "{'descr': '<f4', 'fortran_order': False, 'shape': (3,)} ~ 0 bytes follow the header,"
            + " expected 12",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (999999999999, 999999999999)} ~ more"
            + " elements",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (0, 999999999999, 999999999)} ~ more"
            + " elements",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)} ~ expected a"
            + " size",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)} ~ expected a size",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (3)} ~ single size",
        "{'descr': '|O', 'fortran_order': False, 'shape': (3,)} ~ '|O'",
        "{'descr': '<c8', 'fortran_order': False, 'shape': (3,)} ~ '<c8'",
        "{'descr': '|f4', 'fortran_order': False, 'shape': (0,)} ~ '|f4'",
        "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (3,)} ~ expected a string, a"
            + " tuple",
        "{'descr': '<f4', 'fortran_order': Maybe, 'shape': (3,)} ~ True or False",
        "{'descr': '<f4', 'descr': '<f4', 'shape': (3,)} ~ again",
        "{'descr': '<f4', 'shape': (3,)} ~ keys",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (0,)} x ~ end of the header",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (0,) ~ expected ','",
        "{'descr': 'a\\'b', 'fortran_order': False, 'shape': (0,)} ~ escapes",
      })
  void headersOfNumPy(String header, String word) {
    npyRefused(header, 0, "[npy] x.npy", word);
  }

  @Test
  void startsOfNumPy() {
    byte[] good = SampleFiles.bytes("f4.npy");
    byte[] magic = good.clone();
    magic[1] = 'n';
    refused(() -> Npy.read(Content.of("a.npy", magic), Limits.DEFAULT), "a.npy, offset 1", "magic");
    byte[] version = good.clone();
    version[6] = 4;
    refused(() -> Npy.read(Content.of("a.npy", version), Limits.DEFAULT), "version 4.0");
    refused(
        () -> Npy.read(Content.of("a.npy", good), Limits.DEFAULT.maxHeaderBytes(10)),
        "maxHeaderBytes");
    refused(() -> Npy.read(Content.of("a.npy", good), Limits.DEFAULT.maxBytes(10)), "maxBytes");
    npyRefused("{'descr': '<f8', 'fortran_order': False, 'shape': (1,)}", 9, "9 bytes", "8");
    byte[] truth = SampleFiles.bytes("b1.npy");
    truth[truth.length - 1] = 2;
    refused(() -> Npy.read(Content.of("b.npy", truth), Limits.DEFAULT), "element 3", "0 or 1");
    refused(() -> MappedNpy.open(SampleFiles.in(dir, "f8-big-fortran.npy")).close(), "row-major");
  }

  private static Content safetensors(String header, int data) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return Content.of(
        "x.safetensors",
        ByteBuffer.allocate(8 + text.length + data)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(text.length)
            .put(text)
            .array());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}} ~ 8 ~ 'a' ~ expected 8"
            + " bytes",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} ~ 8 ~ 8 bytes follow ~"
            + " have 4",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} ~ 8 ~ 'a' ~ hole",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}} ~ 8 ~ 'a' ~ data_offsets",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}"
            + " ~ 4 ~ 'b' ~ overlap",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}"
            + " ~ 8 ~ Duplicate ~ 'a'",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}} ~ 4 ~ 'a' ~ 0 or more",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,0]}} ~ 0 ~"
            + " 'a' ~ more elements",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]}} ~ 4 ~ 'a' ~ whole"
            + " numbers",
        "{\"a\":{\"dtype\":\"F8_E4M3\",\"shape\":[1],\"data_offsets\":[0,1]}} ~ 1 ~ 'a' ~ F8_E4M3",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"code\":1}} ~ 4 ~ 'a' ~"
            + " code",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}} ~ 0 ~ 'a' ~ data_offsets",
        "{\"a\":3} ~ 0 ~ 'a' ~ START_OBJECT",
        "{\"__metadata__\":{\"a\":3}} ~ 0 ~ 'a' ~ VALUE_STRING",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[[[[[[1]]]]]],\"data_offsets\":[0,4]}} ~ 4 ~ 'a' ~"
            + " whole",
        "{} {} ~ 0 ~ follows ~ object",
        "[] ~ 0 ~ offset 8 ~ '{'",
      })
  void headersOfSafetensors(String header, int data, String first, String second) {
    Content content = safetensors(header, data);
    refused(
        () -> Safetensors.open(content, Limits.DEFAULT).all(),
        "[safetensors] x.safetensors",
        first,
        second);
  }

  @Test
  void sizesOfSafetensors() {
    byte[] claims = ByteBuffer.allocate(16).putLong(-1).array();
    refused(
        () -> Safetensors.open(Content.of("x", claims), Limits.DEFAULT), "18446744073709551615");
    byte[] good = SampleFiles.bytes("every.safetensors");
    refused(
        () -> Safetensors.open(Content.of("x", good), Limits.DEFAULT.maxEntries(3)), "maxEntries");
    refused(() -> Safetensors.open(Content.of("x", good), Limits.DEFAULT.maxBytes(3)), "maxBytes");
    refused(
        () -> Safetensors.open(Content.of("x", good), Limits.DEFAULT.maxHeaderBytes(3)),
        "maxHeaderBytes");
    assertThrows(InvalidArgumentException.class, () -> new Limits(0, 1, 1, 1));
    assertEquals(4, Limits.DEFAULT.maxEntries(7).maxRatio(4).maxRatio());
  }

  @Test
  void whatAPickleMayNotBuildIsRefusedByItsName() {
    refused(() -> TorchFile.read(SampleFiles.in(dir, "evil.pt")), "evil.pt", "'posix.system'");
    refused(
        () -> TorchFile.read(SampleFiles.in(dir, "module.pt")),
        "'torch.nn.modules.container.Sequential'",
        "state_dict");
    refused(() -> TorchFile.read(SampleFiles.in(dir, "legacy.pt")), "not a zip archive");
    refused(() -> TorchFile.readStateDict(SampleFiles.in(dir, "nested.pt")), "'epoch'");
  }

  private static void pickleRefused(String word, int... bytes) {
    byte[] pickle = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      pickle[i] = (byte) bytes[i];
    }
    refused(() -> PickleReader.read(new Where("torch", "x.pt", ""), pickle, new NoGlobals()), word);
  }

  private static final class NoGlobals implements PickleReader.Globals {
    @Override
    public Object global(Where where, String name) {
      return name;
    }

    @Override
    public Object call(Where where, Object function, java.util.List<Object> arguments) {
      throw where.malformed("called");
    }

    @Override
    public Object persistent(Where where, Object id) {
      throw where.malformed("persistent");
    }
  }

  @Test
  void picklesThatAreNotData() {
    pickleRefused("opcode 0x69", 0x80, 2, 'i', '.');
    pickleRefused("protocol 9", 0x80, 9, '.');
    pickleRefused("1 bytes are needed", 0x80, 2);
    pickleRefused("0 objects", 0x80, 2, '.');
    pickleRefused("an object is needed", '0', '.');
    pickleRefused("2 objects", 'N', 'N', '.');
    pickleRefused("a mark is needed", 't', '.');
    pickleRefused("memo 3", 'h', 3, '.');
    pickleRefused("bytes are needed", 'X', 255, 255, 255, 127, '.');
    pickleRefused("bytes are needed", 'X', 255, 255, 255, 255, '.');
    pickleRefused("not UTF-8", 'X', 1, 0, 0, 0, 0xff, '.');
    pickleRefused("9 bytes", 0x8a, 9, '.');
    pickleRefused("contains itself", ']', 'q', 0, 'h', 0, 'a', '.');
    pickleRefused("a key that is a list", '}', ']', 'N', 's', '.');
    pickleRefused("a list", '}', 'N', 'a', '.', ']', 'N', 'a');
    pickleRefused("None", 'N', 'N', 'a', '.');
    pickleRefused("keys and values are given to a list", ']', '(', 'N', 'u', '.');
    pickleRefused("attributes are given to a list", ']', '}', 'b', '.');
    pickleRefused("expected a function", 'N', ')', 'R', '.');
    pickleRefused("called", 'c', 'o', 's', '\n', 'x', '\n', ')', 'R', '.');
    pickleRefused("persistent", 'N', 'Q', '.');
    int[] deep = new int[301];
    java.util.Arrays.fill(deep, 0, 150, ']');
    java.util.Arrays.fill(deep, 150, 299, 'a');
    deep[299] = 'a';
    pickleRefused("", deep);
  }

  private Path zip(String name, String entry, byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(entry));
      zip.write(bytes);
      zip.closeEntry();
    }
    return SampleFiles.in(dir, name, out.toByteArray());
  }

  @Test
  void archivesThatLeaveTheirPlaceOrAreNoArchives() throws IOException {
    byte[] array = SampleFiles.bytes("f4.npy");
    for (String name :
        new String[] {"../a.npy", "/a.npy", "b/../../a.npy", "C:\\a.npy", "./a.npy"}) {
      Path path = zip("escape.npz", name, array);
      refused(() -> Npz.read(path), "escape.npz", "relative path");
    }
    Path text = zip("text.npz", "a.txt", array);
    refused(() -> Npz.read(text), "'a.txt'", ".npy");
    refused(() -> Npz.read(SampleFiles.in(dir, "no.npz", new byte[100])), "not a zip archive");
    refused(() -> TorchFile.read(zip("no.pt", "archive/other", array)), "data.pkl");
  }

  @Test
  void archivesThatGrow() {
    Path bomb = SampleFiles.in(dir, "bomb.npz");
    refused(() -> Npz.read(bomb), "bomb.npz, 'a.npy'", "maxRatio");
    assertEquals(1 << 20, Npz.read(bomb, Limits.DEFAULT.maxRatio(2000)).get("a").numel());
    refused(
        () -> Npz.read(SampleFiles.in(dir, "stored.npz"), Limits.DEFAULT.maxBytes(200)),
        "maxBytes");
    refused(
        () -> Npz.read(SampleFiles.in(dir, "stored.npz"), Limits.DEFAULT.maxEntries(1)),
        "maxEntries");
  }

  @Test
  void aDamagedEntryIsFoundByItsChecksum() {
    byte[] bytes = SampleFiles.bytes("stored.npz");
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int last = text.indexOf("PK", text.indexOf("NUMPY")) - 1;
    bytes[last] ^= 1;
    refused(() -> Npz.read(SampleFiles.in(dir, "damaged.npz", bytes)), "'a.npy'", "CRC-32");
  }

  @Test
  void emptyFilesAreRefused() {
    Path empty = SampleFiles.in(dir, "empty", new byte[0]);
    refused(() -> Npy.read(empty), "[npy] empty");
    refused(() -> MappedNpy.open(empty).close(), "[npy] empty");
    refused(() -> Safetensors.read(empty), "[safetensors] empty");
    refused(() -> Npz.read(empty), "[npz] empty");
    refused(() -> TorchFile.read(empty), "[torch] empty");
    refused(() -> Idx.read(empty), "[idx] empty");
    refused(() -> Checkpoint.load(empty), "[safetensors] empty");
    refused(() -> ImageFile.read(empty), "[image] empty");
  }
}
