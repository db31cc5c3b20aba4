using System.Text;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Wire;

/// <summary>Reads protobuf fields one after the other.</summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Field number of the current field.</summary>
    public int Field { get; private set; }

    /// <summary>Value of a varint field.</summary>
    public long Number { get; private set; }

    /// <summary>Value of a length-delimited field.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary><see cref="Bytes"/> as text.</summary>
    public readonly string Text => Encoding.UTF8.GetString(Bytes);

    /// <summary>Goes to the next field; false at the end.</summary>
    /// <exception cref="FormatException">The bytes are no protobuf.</exception>
    public bool Next()
    {
        if (_rest.IsEmpty)
            return false;
        var tag = Varint();
        Field = (int)(tag >> 3);
        switch (tag & 7)
        {
            case 0:
                Number = (long)Varint();
                return true;
            case 1:
                Take(8);
                return true;
            case 2:
                Bytes = Take(checked((int)Varint()));
                return true;
            case 5:
                Take(4);
                return true;
            default:
                throw new FormatException("unknown wire type");
        }
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length < 0 || length > _rest.Length)
            throw new FormatException("unexpected end");
        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Take(1)[0];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }
        throw new FormatException("number too long");
    }
}
