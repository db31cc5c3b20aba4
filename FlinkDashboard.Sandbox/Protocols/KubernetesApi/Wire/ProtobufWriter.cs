using System.Text;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Wire;

/// <summary>Writes protobuf messages of text and message fields.</summary>
internal sealed class ProtobufWriter
{
    private readonly MemoryStream _bytes = new();

    /// <summary>A text field.</summary>
    public ProtobufWriter Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    /// <summary>A message field.</summary>
    public ProtobufWriter Message(int field, ProtobufWriter message) => Bytes(field, message.ToArray());

    /// <summary>The message so far.</summary>
    public byte[] ToArray() => _bytes.ToArray();

    private ProtobufWriter Bytes(int field, byte[] value)
    {
        Varint((field << 3) | 2);
        Varint(value.Length);
        _bytes.Write(value);
        return this;
    }

    private void Varint(int value)
    {
        for (; value > 0x7f; value >>= 7)
            _bytes.WriteByte((byte)((value & 0x7f) | 0x80));
        _bytes.WriteByte((byte)value);
    }
}
