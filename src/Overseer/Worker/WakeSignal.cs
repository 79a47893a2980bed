using System.Threading.Channels;

namespace Overseer;

/// <summary>Wakes one waiting loop; a signal given while nobody waits is kept.</summary>
internal sealed class WakeSignal
{
    private readonly Channel<bool> signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Set() => signal.Writer.TryWrite(true);

    public async Task WaitAsync(CancellationToken cancellationToken) => await signal.Reader.ReadAsync(cancellationToken);
}
