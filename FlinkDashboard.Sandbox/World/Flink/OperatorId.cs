using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace FlinkDashboard.Sandbox.World.Flink;

/// <summary>Vertex ids as Flink derives them from an operator's uid: MurmurHash3 (128 bits, x64, seed 0) of its UTF-8 text.</summary>
public static class OperatorId
{
    private const ulong C1 = 0x87c37b91114253d5, C2 = 0x4cf5ad432745937f;

    /// <summary>32 hexadecimal digits.</summary>
    public static string Of(string uid)
    {
        var bytes = Encoding.UTF8.GetBytes(uid);
        ulong h1 = 0, h2 = 0;
        var blocks = bytes.Length / 16;
        for (var i = 0; i < blocks; i++)
        {
            h1 ^= Mix1(BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(i * 16)));
            h1 = (BitOperations.RotateLeft(h1, 27) + h2) * 5 + 0x52dce729;
            h2 ^= Mix2(BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(i * 16 + 8)));
            h2 = (BitOperations.RotateLeft(h2, 31) + h1) * 5 + 0x38495ab5;
        }
        Span<byte> tail = stackalloc byte[16];
        bytes.AsSpan(blocks * 16).CopyTo(tail);
        h2 ^= Mix2(BinaryPrimitives.ReadUInt64LittleEndian(tail[8..]));
        h1 ^= Mix1(BinaryPrimitives.ReadUInt64LittleEndian(tail));
        h1 ^= (ulong)bytes.Length;
        h2 ^= (ulong)bytes.Length;
        h1 += h2;
        h2 += h1;
        h1 = Final(h1);
        h2 = Final(h2);
        h1 += h2;
        h2 += h1;
        Span<byte> result = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(result, h1);
        BinaryPrimitives.WriteUInt64LittleEndian(result[8..], h2);
        return Convert.ToHexStringLower(result);
    }

    private static ulong Mix1(ulong k) => BitOperations.RotateLeft(k * C1, 31) * C2;

    private static ulong Mix2(ulong k) => BitOperations.RotateLeft(k * C2, 33) * C1;

    private static ulong Final(ulong k)
    {
        k ^= k >> 33;
        k *= 0xff51afd7ed558ccd;
        k ^= k >> 33;
        k *= 0xc4ceb9fe1a85ec53;
        return k ^ (k >> 33);
    }
}
