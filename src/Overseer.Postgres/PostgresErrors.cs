using System.Net.Sockets;
using Npgsql;

namespace Overseer.Postgres;

/// <summary>What the database's errors mean to a store: the one place where they are sorted, by SQLSTATE.</summary>
internal static class PostgresErrors
{
    /// <summary>Whether trying the same again makes sense: everything but errors that what was sent is itself to blame for.</summary>
    public static bool IsTransient(Exception exception) => exception switch
    {
        // 22 and 23: the data. 42: the statement, or a right that is missing; a worker that has something to record outlives a right taken away for a while.
        PostgresException error => error.SqlState[..2] is not ("22" or "23" or "42" or "0A" or "54") || error.SqlState is PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.UndefinedTable,
        NpgsqlException => true,
        SocketException or TimeoutException or IOException => true,
        StoreUnusableException => true,
        _ => false,
    };

    /// <summary>Whether the same transaction, tried again at once, is likely to succeed: it met another one, or what another inserted since it looked.</summary>
    public static bool IsCollision(Exception exception) => exception is PostgresException
    {
        SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure,
    }
    or PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "run_key" or "job_name_pkey" };

    /// <summary>What is wrong with a database, with the remedy; null where only its own words say more.</summary>
    public static string? Explain(Exception exception, string schema, string? role) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } =>
            "it refuses the user or the password. Correct the connection string, or the server's pg_hba.conf.",
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } =>
            "there is no such database. Create it, or correct the name in the connection string.",
        PostgresException { SqlState: PostgresErrorCodes.TooManyConnections } =>
            "it has no connection left. Raise the server's max_connections, lower Maximum Pool Size in the connection strings, or put a pooler between.",
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } =>
            "it can only be read. Connect to the primary server (Target Session Attributes=primary), and as a role that may write.",
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } error =>
            $"the role {(role is null ? "of the connection string" : $"'{role}'")} lacks a right ({error.MessageText}). A worker needs USAGE on schema \"{schema}\" and on its sequences, and SELECT, INSERT, UPDATE and DELETE on its tables; "
            + "whoever installs needs CREATE on the database once.",
        PostgresException { SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.UndefinedColumn } error =>
            $"schema \"{schema}\" is not what this version expects ({error.MessageText}). Call InstallAsync as a role that may create it, or run the script that PostgresStore.GetMigrationScript() gives.",
        NpgsqlException { InnerException: SocketException } =>
            "nothing answers at its address. Start the server, or correct host and port in the connection string.",
        _ => null,
    };
}
