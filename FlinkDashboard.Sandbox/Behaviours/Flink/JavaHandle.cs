using System.Buffers.Binary;
using System.Text;

namespace FlinkDashboard.Sandbox.Behaviours.Flink;

/// <summary>
/// The values of a high-availability ConfigMap: a Java-serialised state handle that names a file. Written byte for byte as Flink
/// does; read back only for the file's name.
/// </summary>
internal static class JavaHandle
{
    // Class descriptors as recorded, up to the file's size and from there up to its path.
    private const string Head =
        "rO0ABXNyAGNvcmcuYXBhY2hlLmZsaW5rLmt1YmVybmV0ZXMuaGlnaGF2YWlsYWJpbGl0eS5LdWJlcm5ldGVzU3RhdGVIYW5kbGVTdG9yZSRTdGF0ZUhhbmRsZVdpdGhEZWxldGVNYXJrZXIbrUSA74YNfAIAAloAEW1hcmtlZEZvckRlbGV0aW9uTAAFaW5uZXJ0ADdMb3JnL2FwYWNoZS9mbGluay9ydW50aW1lL3N0YXRlL1JldHJpZXZhYmxlU3RhdGVIYW5kbGU7eHAAc3IAO29yZy5hcGFjaGUuZmxpbmsucnVudGltZS5zdGF0ZS5SZXRyaWV2YWJsZVN0cmVhbVN0YXRlSGFuZGxlAAEeGPFVlysCAAFMABh3cmFwcGVkU3RyZWFtU3RhdGVIYW5kbGV0ADJMb3JnL2FwYWNoZS9mbGluay9ydW50aW1lL3N0YXRlL1N0cmVhbVN0YXRlSGFuZGxlO3hwc3IAOW9yZy5hcGFjaGUuZmxpbmsucnVudGltZS5zdGF0ZS5maWxlc3lzdGVtLkZpbGVTdGF0ZUhhbmRsZQTcddhivRuzAgACSgAJc3RhdGVTaXplTAAIZmlsZVBhdGh0AB9Mb3JnL2FwYWNoZS9mbGluay9jb3JlL2ZzL1BhdGg7eHA=";

    private const string Middle =
        "c3IAHW9yZy5hcGFjaGUuZmxpbmsuY29yZS5mcy5QYXRoAAAAAAAAAAECAAFMAAN1cml0AA5MamF2YS9uZXQvVVJJO3hwc3IADGphdmEubmV0LlVSSawBeC5DnkmrAwABTAAGc3RyaW5ndAASTGphdmEvbGFuZy9TdHJpbmc7eHB0";

    /// <summary>Base64 of a handle for a file.</summary>
    public static string Of(string path, long size)
    {
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(number, size);
        var text = Encoding.UTF8.GetBytes(path);
        Span<byte> length = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)text.Length);
        return Convert.ToBase64String([.. Convert.FromBase64String(Head), .. number, .. Convert.FromBase64String(Middle), .. length, .. text, (byte)'x']);
    }

    /// <summary>Path of the file; null for text that is no such handle.</summary>
    public static string? PathOf(string base64)
    {
        var bytes = Convert.FromBase64String(base64);
        var start = Convert.FromBase64String(Head).Length + 8 + Convert.FromBase64String(Middle).Length;
        if (bytes.Length < start + 2)
            return null;
        var length = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(start));
        return bytes.Length < start + 2 + length ? null : Encoding.UTF8.GetString(bytes, start + 2, length);
    }
}
