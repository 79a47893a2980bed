namespace Overseer.Faults;

/// <summary>Takes more of the process than is good for it.</summary>
internal static class Hog
{
    private static readonly List<byte[]> Kept = [];

    public static int Overflow(int depth)
    {
        Span<byte> room = stackalloc byte[1024];
        room[depth % 1024] = 1;
        return Overflow(depth + 1) + room[0];
    }

    /// <summary>Allocates and keeps, past every limit.</summary>
    public static void Exhaust()
    {
        while (true)
        {
            try
            {
                while (true)
                {
                    var block = new byte[1 << 16];
                    lock (Kept) Kept.Add(block);
                }
            }
            catch (OutOfMemoryException)
            {
                // As code does that means well, and tries again.
            }
        }
    }

    public static void Spin(TimeSpan time)
    {
        var until = HistoryEntry.Now + time.TotalSeconds;
        while (HistoryEntry.Now < until) Thread.SpinWait(1000);
    }

    /// <summary>Allocates and forgets, so that the garbage collector has to come all the time.</summary>
    public static int Churn(TimeSpan time)
    {
        var until = HistoryEntry.Now + time.TotalSeconds;
        var sum = 0;
        while (HistoryEntry.Now < until)
        {
            var rows = new List<object>();
            for (var i = 0; i < 1000; i++) rows.Add(new byte[256]);
            sum += rows.Count;
        }

        return sum;
    }
}
