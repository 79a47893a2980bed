namespace Overseer;

/// <summary>The rules a graph can break.</summary>
public enum GraphProblemKind
{
    /// <summary>The graph has no job.</summary>
    Empty,

    /// <summary>A graph name, run key, job type or job id is not well formed.</summary>
    BadName,

    /// <summary>Two jobs have one id.</summary>
    DuplicateId,

    /// <summary>Jobs wait for each other.</summary>
    Cycle,

    /// <summary>No handler is known for a job's type.</summary>
    UnknownType,

    /// <summary>A job's type is named as it was before.</summary>
    FormerName,

    /// <summary>The handler of a job's type is kept only to finish stored runs.</summary>
    RetiredType,

    /// <summary>A dependency whose result the handler takes is not there, or is there several times.</summary>
    MissingDependency,

    /// <summary>The job's args are not what its handler takes.</summary>
    ArgsDoNotFit,

    /// <summary>The job's args are larger than the limit.</summary>
    ArgsTooLarge,

    /// <summary>The job may be tried less than once, or more often than any may.</summary>
    BadMaxAttempts,
}
