using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace FlinkDashboard.Ui.Live;

/// <summary>The framework's protocol between a page and its browser, with the render batches that pass through it counted.</summary>
/// <param name="inner">The framework's own.</param>
/// <param name="meter">Where they are counted.</param>
public sealed class CountedProtocol(IHubProtocol inner, UiMeter meter) : IHubProtocol
{
    private const string RenderBatch = "JS.RenderBatch";

    public string Name => inner.Name;

    public int Version => inner.Version;

    public TransferFormat TransferFormat => inner.TransferFormat;

    public bool IsVersionSupported(int version) => inner.IsVersionSupported(version);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => inner.GetMessageBytes(message);

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message) => inner.TryParseMessage(ref input, binder, out message);

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output)
    {
        if (message is not InvocationMessage { Target: RenderBatch })
        {
            inner.WriteMessage(message, output);
            return;
        }

        var counted = new CountedOutput(output);
        inner.WriteMessage(message, counted);
        meter.Sent(counted.Written);
    }

    private sealed class CountedOutput(IBufferWriter<byte> output) : IBufferWriter<byte>
    {
        public long Written { get; private set; }

        public void Advance(int count)
        {
            output.Advance(count);
            Written += count;
        }

        public Memory<byte> GetMemory(int sizeHint = 0) => output.GetMemory(sizeHint);

        public Span<byte> GetSpan(int sizeHint = 0) => output.GetSpan(sizeHint);
    }
}
