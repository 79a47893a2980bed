namespace QuickStart;

/// <summary>Shows a run while it runs.</summary>
internal interface IRunView
{
    /// <summary>Shows the jobs as they are now.</summary>
    void Show(IReadOnlyList<JobLine> jobs);
}
