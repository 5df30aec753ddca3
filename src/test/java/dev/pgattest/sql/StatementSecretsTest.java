package dev.pgattest.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementSecretsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            create role a login password 'x''y' | create role a login password '***'
            create user ä encrypted password 'ö' valid until '2027-01-01' | create user ä encrypted password '***' valid until '2027-01-01'
            alter role a with password E'x\\'y' | alter role a with password '***'
            alter role a password $x$y$x$ | alter role a password '***'
            alter role a set app.password = 'x' | alter role a set app.password = '***'
            set app.token to 'x' | set app.token to '***'
            create user mapping for a server s options (user 'u', password 'x') | create user mapping for a server s options (user 'u', password '***')
            alter user mapping for a server s options (set "password" 'x') | alter user mapping for a server s options (set "password" '***')
            create server s foreign data wrapper f options (host 'h', sslpassword 'x') | create server s foreign data wrapper f options (host 'h', sslpassword '***')
            create subscription s connection 'host=h password=x dbname=d' publication p | create subscription s connection 'host=h password=*** dbname=d' publication p
            select dblink_connect('postgresql://u:x@h/d?sslmode=require') | select dblink_connect('postgresql://u:***@h/d?sslmode=require')
            do $$ begin execute 'alter role a password ''x'''; end $$ | do $$ begin execute 'alter role a password ''***'''; end $$
            do $a$ begin alter role a password 'x'; perform f('password=x'); end $a$ | do $a$ begin alter role a password '***'; perform f('password=***'); end $a$
            create role a passwort password 'x' | create role a passwort password '***'
            """)
    void a_password_is_hidden_wherever_it_stands(String sql, String hidden) {
        assertThat(StatementSecrets.hide(sql)).isEqualTo(hidden);
        assertThat(StatementSecrets.hide(hidden)).isEqualTo(hidden);
        assertThat(StatementSecrets.has(sql)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create role a login password null",
                "create table users (password text not null, token uuid)",
                "create index users_token on users (token) where token <> 'none'",
                "comment on column users.password is 'A hash of the password, see https://example.org/hashes'",
                "create view v as select password = 'x' as wrong, token from users",
                "create text search parser p (start = s, gettoken = g, end = e, lextypes = l)",
                "select 'it''s no secret'",
            })
    void what_is_no_password_stays(String sql) {
        assertThat(StatementSecrets.hide(sql)).isEqualTo(sql);
    }

    @Test
    void messages_lose_what_may_be_a_password() {
        for (String text :
                List.of("password 'x", "sslpassword='x'", "passwd=x", "https://u:x@h", "a ''password ''x'' b")) {
            assertThat(SecretText.clean(text)).contains("***").doesNotContain("x");
        }
    }
}
