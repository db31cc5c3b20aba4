using System.Security.Cryptography;

namespace FlinkDashboard.Sandbox.Protocols.Aws;

/// <summary>The checksums that S3 clients send: <c>x-amz-checksum-NAME</c>, base64 of the big-endian value.</summary>
internal sealed class Checksum : IDisposable
{
    private readonly IncrementalHash? _hash;
    private readonly ulong[]? _table;
    private readonly int _width;
    private ulong _crc;

    private Checksum(IncrementalHash hash) => _hash = hash;

    private Checksum(ulong polynomial, int width)
    {
        _width = width;
        _crc = All;
        _table = new ulong[256];
        for (var i = 0; i < 256; i++)
        {
            var value = (ulong)i;
            for (var bit = 0; bit < 8; bit++)
                value = (value & 1) != 0 ? (value >> 1) ^ polynomial : value >> 1;
            _table[i] = value;
        }
    }

    private ulong All => _width == 64 ? ulong.MaxValue : (1UL << _width) - 1;

    /// <summary>The checksum of a header's name, or null when it is none.</summary>
    public static Checksum? Of(string header) => header.ToLowerInvariant() switch
    {
        "x-amz-checksum-crc32" => new(0xEDB88320, 32),
        "x-amz-checksum-crc32c" => new(0x82F63B78, 32),
        "x-amz-checksum-crc64nvme" => new(0x9A6C9329AC4BC9B5, 64),
        "x-amz-checksum-sha1" => new(IncrementalHash.CreateHash(HashAlgorithmName.SHA1)),
        "x-amz-checksum-sha256" => new(IncrementalHash.CreateHash(HashAlgorithmName.SHA256)),
        "content-md5" => new(IncrementalHash.CreateHash(HashAlgorithmName.MD5)),
        _ => null,
    };

    /// <summary>Adds content.</summary>
    public void Append(ReadOnlySpan<byte> content)
    {
        if (_hash is not null)
        {
            _hash.AppendData(content);
            return;
        }
        foreach (var b in content)
            _crc = _table![(byte)(_crc ^ b)] ^ (_crc >> 8);
    }

    /// <summary>Base64 of the checksum.</summary>
    public string Text()
    {
        if (_hash is not null)
            return Convert.ToBase64String(_hash.GetCurrentHash());
        var value = _crc ^ All;
        var bytes = new byte[_width / 8];
        for (var i = bytes.Length - 1; i >= 0; i--, value >>= 8)
            bytes[i] = (byte)value;
        return Convert.ToBase64String(bytes);
    }

    public void Dispose() => _hash?.Dispose();
}
