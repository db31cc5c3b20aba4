using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace FlinkDashboard.Model.Storage;

/// <summary>Where a zip's table of contents stands (APPNOTE.TXT 4.3.16, zip64 4.3.14).</summary>
/// <param name="Entries">Files and folders in it.</param>
/// <param name="At">First byte of the table.</param>
/// <param name="Size">Bytes of the table.</param>
public sealed record JarDirectory(long Entries, long At, long Size)
{
    /// <summary>Bytes at the end of a file that hold the end record unless the comment is longer than any jar's.</summary>
    public const int Tail = 65_536;

    /// <summary>Reads the end of a file; null when it is no zip.</summary>
    /// <param name="tail">Its last bytes.</param>
    public static JarDirectory? Of(ReadOnlySpan<byte> tail)
    {
        for (var i = tail.Length - 22; i >= 0; i--)
        {
            var end = tail[i..];
            if (BinaryPrimitives.ReadUInt32LittleEndian(end) != 0x06054b50)
                continue;
            var (entries, size, at) = (BinaryPrimitives.ReadUInt16LittleEndian(end[10..]), BinaryPrimitives.ReadUInt32LittleEndian(end[12..]), BinaryPrimitives.ReadUInt32LittleEndian(end[16..]));
            return entries == ushort.MaxValue || at == uint.MaxValue ? Large(tail[..i]) ?? new(entries, at, size) : new(entries, at, size);
        }
        return null;
    }

    private static JarDirectory? Large(ReadOnlySpan<byte> before)
    {
        for (var i = before.Length - 56; i >= 0; i--)
            if (BinaryPrimitives.ReadUInt32LittleEndian(before[i..]) == 0x06064b50)
                return new(BinaryPrimitives.ReadInt64LittleEndian(before[(i + 32)..]), BinaryPrimitives.ReadInt64LittleEndian(before[(i + 48)..]), BinaryPrimitives.ReadInt64LittleEndian(before[(i + 40)..]));
        return null;
    }
}

/// <summary>One file of a zip, by its table of contents.</summary>
/// <param name="Name">Path in the zip.</param>
/// <param name="Method">0 stored, 8 deflated.</param>
/// <param name="Compressed">Bytes in the zip.</param>
/// <param name="Size">Bytes unpacked.</param>
/// <param name="At">First byte of its header.</param>
public sealed record JarEntry(string Name, int Method, long Compressed, long Size, long At)
{
    /// <summary>Bytes before the content that the header takes at most.</summary>
    public const int LongestHeader = 30 + 1_024;

    /// <summary>Looks a file up; null when it is not there, or the table breaks off before it.</summary>
    public static JarEntry? Find(ReadOnlySpan<byte> directory, string name)
    {
        while (directory.Length >= 46 && BinaryPrimitives.ReadUInt32LittleEndian(directory) == 0x02014b50)
        {
            var (nameSize, extra, comment) = (BinaryPrimitives.ReadUInt16LittleEndian(directory[28..]), BinaryPrimitives.ReadUInt16LittleEndian(directory[30..]), BinaryPrimitives.ReadUInt16LittleEndian(directory[32..]));
            if (directory.Length < 46 + nameSize + extra + comment)
                return null;
            if (Encoding.UTF8.GetString(directory.Slice(46, nameSize)).Equals(name, StringComparison.OrdinalIgnoreCase))
                return new(name, BinaryPrimitives.ReadUInt16LittleEndian(directory[10..]), BinaryPrimitives.ReadUInt32LittleEndian(directory[20..]), BinaryPrimitives.ReadUInt32LittleEndian(directory[24..]), BinaryPrimitives.ReadUInt32LittleEndian(directory[42..]));
            directory = directory[(46 + nameSize + extra + comment)..];
        }
        return null;
    }

    /// <summary>Unpacks a small text; null when it cannot be.</summary>
    /// <param name="file">The file's header and content, as read from <see cref="At"/>.</param>
    /// <param name="most">Bytes unpacked at most.</param>
    public string? Text(ReadOnlySpan<byte> file, int most)
    {
        if (file.Length < 30 || BinaryPrimitives.ReadUInt32LittleEndian(file) != 0x04034b50)
            return null;
        var start = 30 + BinaryPrimitives.ReadUInt16LittleEndian(file[26..]) + BinaryPrimitives.ReadUInt16LittleEndian(file[28..]);
        if (file.Length < start)
            return null;
        var packed = file[start..(int)Math.Min(file.Length, start + Compressed)].ToArray();
        try
        {
            using Stream content = Method == 8 ? new DeflateStream(new MemoryStream(packed), CompressionMode.Decompress) : new MemoryStream(packed);
            var buffer = new byte[most];
            return Encoding.UTF8.GetString(buffer, 0, content.ReadAtLeast(buffer, most, throwOnEndOfStream: false));
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}

/// <summary>What a jar says of itself.</summary>
/// <param name="Entries">Files and folders in it.</param>
/// <param name="Main">The manifest, main section; empty when there is none. JAR file specification: lines of at most 72 bytes, continued with a space.</param>
public sealed record JarFacts(long Entries, StringMap Main)
{
    /// <summary>Longest manifest that is read, bytes.</summary>
    public const int LongestManifest = 65_536;

    /// <summary>Class that Flink starts when none is named: <c>program-class</c> wins over <c>Main-Class</c> (PackagedProgram).</summary>
    public string? MainClass => Main["program-class"] ?? Main["Main-Class"];

    /// <summary>Reads a manifest.</summary>
    public static StringMap Manifest(string? text)
    {
        var joined = (text ?? "").ReplaceLineEndings("\n").Replace("\n ", "", StringComparison.Ordinal);
        return StringMap.From(joined.Split('\n').TakeWhile(line => line.Length > 0).Select(line => line.Split(':', 2)).Where(pair => pair.Length == 2).Select(pair => KeyValuePair.Create(pair[0].Trim(), pair[1].Trim())));
    }
}
